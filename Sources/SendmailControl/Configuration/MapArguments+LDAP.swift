// SPDX-License-Identifier: Apache-2.0

extension MapArguments {
  /// The values of one directory map.
  private struct Directory {
    var readsSecret = true
    var secret: [UInt8]?
    var filter: [UInt8]?
    var attributes: [UInt8]?
    var wantsNamesOnly = false
  }

  /// A search of a directory (`ldapmap_parseargs` in `map.c`).
  mutating func takeLDAP(_ text: ArraySlice<UInt8>, _ context: Context) {
    var directory = Directory()
    self.directory = context.directory
    let hasDefaults = context.isForAliases && text.isEmpty
    var rest = text
    while isUsable {
      rest = rest.drop(while: ASCII.isSpace)
      guard rest.first == ASCII.minus else { break }
      rest = rest.dropFirst()
      let letter = rest.first ?? ASCII.null
      let value = take(letter, rest.dropFirst(), &directory, context)
      rest = (ASCII.isSpace(letter) ? rest : Self.afterQuotedWord(value)).dropFirst()
    }
    if isUsable, let secret = directory.secret, directory.readsSecret {
      let path = Self.dequoted(secret[...])
      if let reason = context.secretRefusal(path) {
        refuse(Array("LDAP map: cannot open secret ".utf8) + path, because: reason)
        isUsable = false
      } else {
        hasReadSecret = context.readsFiles
      }
    }
    keyColumn = directory.filter
    valueColumn = directory.attributes
    guard isUsable, !hasDefaults, !context.isDefaults else { return }
    guard directory.filter != nil else {
      refuse("No filter given in map ", context.name)
      isUsable = false
      return
    }
    guard let attributes = directory.attributes else { return }
    takeAttributes(
      Self.dequoted(attributes[...]), namesOnly: directory.wantsNamesOnly, of: context.name)
  }

  private mutating func take(
    _ letter: UInt8, _ value: ArraySlice<UInt8>, _ directory: inout Directory, _ context: Context
  ) -> ArraySlice<UInt8> {
    let word = value.drop(while: ASCII.isSpace)
    let end = " in map "
    switch Unicode.Scalar(letter) {
    case "A", "a", "D", "f", "m", "N", "O", "q", "T", "t", "1": isSpecific = true
    case "K", "R", "x": break
    case "o":
      isOptional = true
      isSpecific = true
    case "S":
      isSpecific = isSpecific || value.first != UInt8(ascii: ".")
    case "z", "V": return value.dropFirst(value.first == ASCII.backslash ? 1 : 0)
    case "b", "c", "d", "l", "p", "Z": return word
    case "n": directory.wantsNamesOnly = true
    case "H", "h":
      let isURI = letter == UInt8(ascii: "H")
      guard !(isURI ? self.directory.hasHost : self.directory.hasURI) else {
        refuse("Can not specify both an LDAP host and an LDAP URI\(end)", context.name)
        isUsable = false
        return value
      }
      if isURI { self.directory.hasURI = true } else { self.directory.hasHost = true }
      return word
    case "k":
      directory.filter = Array(word)
      return word
    case "v":
      directory.attributes = Array(word.prefix(upTo: Self.afterQuotedWord(word).startIndex))
      return word
    case "P":
      directory.secret = Array(word.prefix(upTo: Self.afterQuotedWord(word).startIndex))
      return word
    case "M":
      let (rest, name) = choose(
        word, prefix: "ldap_auth_", of: ["none", "simple", "krbv4"],
        "Method for binding must be [none|simple|krbv4] (not ", context)
      directory.readsSecret = name == "simple"
      return rest
    case "r":
      return choose(
        word, prefix: "ldap_deref_", of: ["never", "always", "search", "find"],
        "Deref must be [never|always|search|find] (not ", context
      ).rest
    case "s":
      return choose(
        word, prefix: "ldap_scope_", of: ["base", "one", "sub"],
        "Scope must be [base|one|sub] (not ", context
      ).rest
    case "w":
      let version = OptionValue.integer(word)
      guard !(2...3).contains(version) else { return word }
      refuse(
        "LDAP version \(version) \(version > 3 ? "exceeds max of 3" : "is lower than min of 2")\(end)",
        context.name)
      isUsable = false
      return word
    default:
      refuse(option: letter, of: context)
    }
    return value
  }

  /// One of several words, of which the beginning counts, with or without a common prefix.
  private mutating func choose(
    _ value: ArraySlice<UInt8>, prefix: String, of choices: [String], _ complaint: String,
    _ context: Context
  ) -> (rest: ArraySlice<UInt8>, choice: String?) {
    let isPrefixed = OptionWords.folded(value.prefix(prefix.utf8.count)) == prefix
    let rest = isPrefixed ? value.dropFirst(prefix.utf8.count) : value
    let choice = choices.first { OptionWords.folded(rest.prefix($0.utf8.count)) == $0 }
    if choice == nil {
      refuse(
        Array(complaint.utf8) + rest.prefix { $0 != ASCII.space } + Array(") in map ".utf8)
          + context.name)
      isUsable = false
    }
    return (rest, choice)
  }

  private static let maximumAttributes = 64

  /// `-v name:type:class,…`. The first place is taken by the object class.
  private mutating func takeAttributes(_ list: [UInt8], namesOnly: Bool, of map: [UInt8]) {
    var names: [String] = []
    var recurses = false
    var hasNormal = false
    func fail(_ message: [UInt8], _ end: String = "") {
      refuse(message + map + Array(end.utf8))
      isUsable = false
    }
    for item in list.split(separator: ASCII.comma, omittingEmptySubsequences: false) {
      let item = item.drop(while: ASCII.isSpace)
      if item.isEmpty {
        if item.endIndex == list.endIndex { break }
        continue
      }
      guard names.count < Self.maximumAttributes - 1 else {
        return fail(
          Array("Too many return attributes in ".utf8), " (max \(Self.maximumAttributes))")
      }
      let parts = item.split(
        separator: ASCII.colon, maxSplits: 2, omittingEmptySubsequences: false)
      let name = OptionWords.folded(parts[0])
      if name != "objectclass", names.contains(name) {
        return fail(Array("Duplicate attribute (".utf8) + parts[0] + Array(") in ".utf8))
      }
      names.append(name)
      let type = parts.count > 1 ? parts[1] : []
      switch OptionWords.folded(type) {
      case "", "normal": hasNormal = true
      case "dn", "filter", "url": recurses = true
      default:
        return fail(Array("Unknown attribute type (".utf8) + type + Array(") in ".utf8))
      }
    }
    guard recurses else { return }
    if !hasNormal {
      fail(
        Array("LDAP recursion requested in ".utf8), " but no returnable attribute given")
    } else if namesOnly {
      fail(Array("LDAP recursion requested in ".utf8), " can not be used with -n")
    }
  }

  /// Returns the text after a word in which quoted blanks do not count.
  private static func afterQuotedWord(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = text
    while let byte = rest.first, !ASCII.isSpace(byte) {
      rest = rest.dropFirst()
      if byte == ASCII.doubleQuote {
        rest = rest.drop { $0 != ASCII.doubleQuote }.dropFirst()
      }
    }
    return rest
  }

  private static func dequoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
    guard text.first == ASCII.doubleQuote else { return Array(text) }
    return Array(text.dropFirst().prefix { $0 != ASCII.doubleQuote })
  }
}
