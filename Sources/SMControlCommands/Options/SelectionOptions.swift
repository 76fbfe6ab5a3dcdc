// SPDX-License-Identifier: GPL-3.0-or-later

public import ArgumentParser
public import SendmailControl

/// Which children `status` and `mstat` show, and how.
struct SelectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Sort the children by this (default: kind, then age).", valueName: "key"))
  var sort: ChildOrder?

  @Option(
    help: ArgumentHelp(
      "Show only children of this kind; may be repeated.",
      valueName: "kind"))
  var kind: [ChildCategory] = []

  @Option(
    help: ArgumentHelp(
      "Show only children that serve an SMTP client with this in its address.",
      valueName: "address"))
  var peer: String?

  @Option(
    help: ArgumentHelp(
      "Show only children that began longer ago: seconds, or a time such as 5m, 1h30m, 2d.",
      valueName: "age"),
    transform: { try Age(argument: $0) })
  var olderThan: Age?

  @Flag(help: "Count the children by peer instead of listing them: who holds the slots.")
  var byPeer = false

  func validate() throws {
    if peer?.isEmpty == true {
      throw ValidationError("--peer is empty: expected an address or a part of one")
    }
  }

  /// Whether anything is asked for.
  var areGiven: Bool {
    byPeer || sort != nil || !kind.isEmpty || peer != nil || olderThan != nil
  }

  /// What is asked for; children are sorted by kind and age where nothing is said.
  var selection: ChildSelection {
    ChildSelection(
      kinds: Set(kind), peer: peer.map { Array($0.utf8) }, olderThan: olderThan?.duration,
      order: sort ?? .kind)
  }

  /// The same for a reader that is a program: nothing is left out, or sorted, unasked.
  var selectionForPrograms: ChildSelection {
    var selection = selection
    selection.order = sort
    selection.showsSpentControls = kind.isEmpty
    return selection
  }
}

extension ChildOrder: ExpressibleByArgument {}

extension ChildCategory: ExpressibleByArgument {}

/// A time in whole seconds: `90`, or numbers with the units d, h, m and s, the larger ones first.
struct Age {
  let duration: Duration

  /// Reads the time.
  ///
  /// - Throws: `ValidationError` with what was expected.
  init(argument: String) throws {
    guard let seconds = Self.seconds(argument) else {
      throw ValidationError("expected seconds, or a time such as 5m, 1h30m or 2d")
    }
    duration = .seconds(seconds)
  }

  private static func seconds(_ text: String) -> Int64? {
    if let seconds = number(text[...]) { return seconds }
    let units: [(letter: Character, seconds: Int64)] = [
      ("d", 86400), ("h", 3600), ("m", 60), ("s", 1),
    ]
    var rest = text[...]
    var total: Int64 = 0
    for unit in units {
      guard let end = rest.firstIndex(of: unit.letter) else { continue }
      guard let number = number(rest[..<end]) else { return nil }
      total += number * unit.seconds
      rest = rest[end...].dropFirst()
    }
    return rest.isEmpty && !text.isEmpty ? total : nil
  }

  /// At most nine digits, so that no sum of them is too large.
  private static func number(_ digits: Substring) -> Int64? {
    guard (1...9).contains(digits.utf8.count), digits.utf8.allSatisfy(ASCII.isDigit) else {
      return nil
    }
    return Int64(digits)
  }
}
