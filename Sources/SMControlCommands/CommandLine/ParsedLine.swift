// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// The options and arguments of a command line, or the options that hold for all lines of a session.
struct ParsedLine: Sendable {
  /// The options in the order typed, those of the session first.
  private(set) var given: [Given] = []
  /// The words that are neither options nor their values, without the command.
  private(set) var arguments: [Word] = []

  /// An option that was given, and its value.
  struct Given: Sendable {
    let option: OptionSpec
    /// The value; empty for a flag.
    let value: Word
    /// False for an option that was given without the value that it may have.
    var hasValue = true
    /// True if it is one of the session.
    var isInherited = false
  }

  /// Returns whether `option` is given.
  subscript(_ option: OptionSpec) -> Bool { given.contains { $0.option == option } }

  /// The value of `option`, the last one if there are several; `nil` when it is not given.
  ///
  /// - Throws: ``UsageError`` when that is no value of it.
  subscript<Value>(_ option: Option<Value>) -> Value? {
    get throws(UsageError) {
      guard let last = given.last(where: { $0.option == option.spec }) else { return nil }
      return try option.value(of: last.value)
    }
  }

  /// All values of `option`, in the order typed.
  ///
  /// - Throws: ``UsageError`` for a word that is no value of it.
  func all<Value>(_ option: Option<Value>) throws(UsageError) -> [Value] {
    var values: [Value] = []
    for each in given where each.option == option.spec {
      values.append(try option.value(of: each.value))
    }
    return values
  }

  /// These options as they were given, in the order typed.
  func inOrder(_ options: OptionSpec...) -> [Given] {
    given.filter { options.contains($0.option) }
  }

  /// Adds `option`.
  mutating func add(_ option: OptionSpec, _ value: Word = []) {
    given.append(Given(option: option, value: value))
  }

  /// Adds `option`, which may have a value and has none.
  mutating func add(withoutValue option: OptionSpec) {
    given.append(Given(option: option, value: [], hasValue: false))
  }

  /// Adds an argument.
  mutating func add(argument: Word) { arguments.append(argument) }

  /// Removes the options for which `isUnwanted` is true.
  mutating func removeOptions(where isUnwanted: (OptionSpec) -> Bool) {
    given.removeAll { isUnwanted($0.option) }
  }

  /// The options that say which daemon is meant, without those of the session.
  var daemon: [Given] {
    given.filter { !$0.isInherited && $0.option.traits.contains(.namesDaemon) }
  }

  /// The line with the options of the session that `command` takes and the line does not override.
  /// Options that name a daemon are overridden together.
  func inheriting(_ session: ParsedLine, for command: CommandSpec) -> ParsedLine {
    var line = self
    let namesDaemon = !daemon.isEmpty
    line.given =
      session.given.compactMap { inherited in
        let option = inherited.option
        let isOverridden = option.traits.contains(.namesDaemon) ? namesDaemon : self[option]
        guard command.takes(option), !isOverridden else { return nil }
        return Given(
          option: option, value: inherited.value, hasValue: inherited.hasValue, isInherited: true)
      } + given
    return line
  }
}
