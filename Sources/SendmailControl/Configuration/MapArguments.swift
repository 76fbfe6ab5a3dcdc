// SPDX-License-Identifier: Apache-2.0

/// The arguments of a map: what follows its class on a `K` line, in `AliasFile`, or in the map of an
/// `F` line.
struct MapArguments {
  /// A message of sendmail's about them.
  struct Message {
    var text: [UInt8]
    /// The system's words for the cause, which sendmail puts after its own.
    var reason: String?
    var isWarning = false
    /// True if the file with a password has been read by then, which sendmail counts as a line.
    var followsSecret = false
  }

  /// The facts that the arguments of a map depend on.
  struct Context {
    /// The map's name, for messages.
    var name: [UInt8]
    var mapClass: MapClass
    /// True if the map is one of `AliasFile`.
    var isForAliases = false
    /// True if these are the values of `LDAPDefaultSpec`.
    var isDefaults = false
    /// True if the map has a file from a line before.
    var hasFile = false
    /// The maps that there are, by name in lower case.
    var known: Set<String> = []
    /// The values of `LDAPDefaultSpec`.
    var directory = DirectoryDefaults()
    var machine: Machine
    /// True if files are known.
    var readsFiles = false
    /// Returns the system's words when a file cannot be read safely; `nil` when it can.
    var secretRefusal: ([UInt8]) -> String? = { _ in nil }
  }

  /// The options of `LDAPDefaultSpec` that a map cannot contradict.
  struct DirectoryDefaults: Equatable {
    var hasHost = false
    var hasURI = false
  }

  /// The file or what takes its place; `nil` when there is none.
  var file: [UInt8]?
  /// `-o`: whether sendmail does without the map when it cannot be opened.
  var isOptional = false
  /// `-k` and `-v`.
  var keyColumn: [UInt8]?
  var valueColumn: [UInt8]?
  /// True if options are set that are not those of a directory.
  var isSpecific = false
  /// The host and the URI of a directory.
  var directory = DirectoryDefaults()
  /// sendmail's messages in order.
  var messages: [Message] = []
  /// True if the file with a password was read.
  var hasReadSecret = false
  /// True if there is a map in spite of them.
  var isUsable = true

  /// Reads `text` as the class in `context` does.
  init(_ text: ArraySlice<UInt8>, _ context: Context) {
    switch context.mapClass.arguments {
    case .file: takeCommon(text, context)
    case .optionalFile: takeCommon(text, context)
    case .unchecked: break
    case .host: takeHost(text)
    case .sequence: takeSequence(text, context)
    case .dns: takeDNS(text, context)
    case .ldap: takeLDAP(text, context)
    case .regex: takeRegex(text, context)
    case .syslog: takeSyslog(text)
    }
  }

  mutating func refuse(_ message: [UInt8], because reason: String? = nil) {
    messages.append(Message(text: message, reason: reason, followsSecret: hasReadSecret))
  }

  mutating func refuse(_ message: String, _ name: [UInt8]) {
    refuse(Array(message.utf8) + name)
  }

  /// An illegal option.
  mutating func refuse(option: UInt8, of context: Context) {
    refuse(Array("Illegal option ".utf8) + [option] + Array(" map ".utf8) + context.name)
  }

  /// A value of a time, of which sendmail only warns.
  mutating func takeTime(_ value: some Collection<UInt8>) {
    for unit in OptionValue.time(value.prefix { $0 != ASCII.space }, unit: .seconds).unknownUnits {
      messages.append(
        Message(
          text: Array("Invalid time unit `".utf8) + [unit, UInt8(ascii: "'")], isWarning: true))
    }
  }

  /// Calls `body` with the letter and the rest of each option `-x…` at the start of `text`; `body`
  /// returns where the option's value begins; the option ends at the blank after it.
  ///
  /// - Returns: what follows the options.
  static func options(
    _ text: ArraySlice<UInt8>,
    _ body: (_ letter: UInt8, _ value: ArraySlice<UInt8>) -> ArraySlice<UInt8>
  ) -> ArraySlice<UInt8> {
    var rest = text
    while true {
      rest = rest.drop(while: ASCII.isSpace)
      guard rest.first == ASCII.minus else { return rest }
      rest = rest.dropFirst()
      let letter = rest.first ?? ASCII.null
      let end = body(letter, rest.dropFirst())
      // A blank in place of a letter ends the option by itself.
      rest = (ASCII.isSpace(letter) ? rest : end).dropFirst()
    }
  }

  /// The part of `value` that follows its first blank.
  static func afterWord(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    value.drop { !ASCII.isSpace($0) }
  }

  // MARK: The common ones (`map_parseargs` in `map.c`)

  private mutating func takeCommon(_ text: ArraySlice<UInt8>, _ context: Context) {
    var rest = Self.options(text) { letter, value in
      switch Unicode.Scalar(letter) {
      case "d": takeTime(value)
      case "o": isOptional = true
      case "k", "v":
        let column = value.drop(while: ASCII.isSpace)
        let word = Array(column.prefix { !ASCII.isSpace($0) })
        if letter == UInt8(ascii: "k") { keyColumn = word } else { valueColumn = word }
        return Self.afterWord(column)
      case "A", "a", "D", "f", "m", "N", "O", "q", "T", "t": break
      case "S": break
      case "z": return Self.afterWord(value.dropFirst(value.first == ASCII.backslash ? 1 : 0))
      default: refuse(option: letter, of: context)
      }
      return Self.afterWord(value)
    }
    let word = rest.prefix { !ASCII.isSpace($0) }
    rest = rest[word.endIndex...]
    if !word.isEmpty { file = Array(word) }
    guard file == nil, !context.hasFile, context.mapClass.arguments == .file else { return }
    refuse("No file name for \(context.mapClass.name) map ", context.name)
    isUsable = false
  }

  // MARK: Others

  /// The time of a host map, which alone can be wrong (`host_map_init` in `daemon.c`).
  private mutating func takeHost(_ text: ArraySlice<UInt8>) {
    _ = Self.options(text) { letter, value in
      guard "dr".utf8.contains(letter) else { return Self.afterWord(value) }
      let value = value.drop(while: ASCII.isSpace)
      if letter == UInt8(ascii: "d") { takeTime(value) }
      return Self.afterWord(value)
    }
  }

  /// The maps of a sequence (`seq_map_parse`).
  private mutating func takeSequence(_ text: ArraySlice<UInt8>, _ context: Context) {
    var count = 0
    var rest = text
    while !rest.isEmpty {
      rest = rest.drop(while: ASCII.isSpace)
      let name = rest.prefix(while: Self.isMapNameByte)
      rest = rest[name.endIndex...].dropFirst().drop {
        !ASCII.isLetter($0) && !ASCII.isDigit($0)
      }
      guard !name.isEmpty else { continue }
      let start = Array("Sequence map ".utf8) + context.name
      if !context.known.contains(OptionWords.folded(name)) {
        refuse(start + Array(": unknown member map ".utf8) + name)
      } else if count >= Self.maximumMembers {
        refuse(start + Array(": too many member maps (\(Self.maximumMembers) max)".utf8))
      } else {
        count += 1
      }
    }
  }

  /// The most maps in a sequence, and the most files of aliases.
  static let maximumMembers = 128

  /// Returns whether a byte may stand in the name of a map, its first excepted.
  static func isMapNameByte(_ byte: UInt8) -> Bool {
    ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == ASCII.underscore || byte == ASCII.dot
  }

  private static let recordTypes: Set<String> = [
    "a", "aaaa", "ns", "cname", "ptr", "mx", "txt", "afsdb", "srv", "ds", "rrsig", "nsec",
    "dnskey", "tlsa",
  ]

  /// `-R type` (`dns_map_parseargs`).
  private mutating func takeDNS(_ text: ArraySlice<UInt8>, _ context: Context) {
    var hasType = false
    let start = Array("dns map ".utf8) + context.name
    _ = Self.options(text) { letter, value in
      switch Unicode.Scalar(letter) {
      case "d": takeTime(value)
      case "B", "r", "Z": return Self.afterWord(value.drop(while: ASCII.isSpace))
      case "R":
        let value = value.drop(while: ASCII.isSpace)
        let type = value.prefix { $0 != ASCII.space }
        hasType = Self.recordTypes.contains(OptionWords.folded(type))
        // The blank is back by the time it is shown.
        if !hasType { refuse(start + Array(": wrong type ".utf8) + value) }
        return Self.afterWord(value)
      case "z": return Self.afterWord(value.dropFirst(value.first == ASCII.backslash ? 1 : 0))
      default: break
      }
      return Self.afterWord(value)
    }
    if !hasType { refuse(start + Array(": missing -R type".utf8)) }
  }

  private static let priorities: Set<String> = [
    "emerg", "alert", "crit", "err", "warning", "notice", "info", "debug",
  ]

  /// `-L priority` (`syslog_map_parseargs`).
  private mutating func takeSyslog(_ text: ArraySlice<UInt8>) {
    var priority: ArraySlice<UInt8>?
    var rest = text
    while !rest.isEmpty {
      rest = rest.drop(while: ASCII.isSpace)
      guard rest.first == ASCII.minus else { break }
      rest = rest.dropFirst()
      switch Unicode.Scalar(rest.first ?? ASCII.null) {
      case "D": rest = rest.dropFirst()
      case "S": rest = rest.dropFirst(2)
      case "L":
        rest = rest.dropFirst().drop(while: ASCII.isSpace)
        guard !rest.isEmpty else { break }
        priority = rest.prefix { !ASCII.isSpace($0) }
        rest = rest[(priority?.endIndex ?? rest.endIndex)...].dropFirst()
      default:
        refuse(
          Array("Illegal option ".utf8) + rest.prefix(1) + (rest.isEmpty ? [ASCII.null] : [])
            + Array(" map syslog".utf8))
        rest = rest.dropFirst()
      }
    }
    guard var name = priority else { return }
    if OptionWords.folded(name.prefix(4)) == "log_" { name = name.dropFirst(4) }
    guard !Self.priorities.contains(OptionWords.folded(name)) else { return }
    refuse("syslog_map_parseargs: Unknown priority ", Array(name))
    isUsable = false
  }
}
