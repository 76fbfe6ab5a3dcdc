// SPDX-License-Identifier: Apache-2.0

/// `K` lines and `AliasFile` (`makemapentry` in sendmail's `readcf.c`, `setalias` in `alias.c`).
extension ConfigurationParser {
  mutating func takeMap() {
    let line = expand(text.dropFirst())
    let start = line.drop(while: ASCII.isSpace)
    guard let first = start.first, ASCII.isLetter(first) || ASCII.isDigit(first) else {
      report("readcf: config K line: no map name", at: 1)
      return
    }
    let name = start.prefix(while: MapArguments.isMapNameByte)
    let word = line[name.endIndex...].dropFirst().drop(while: ASCII.isSpace)
    let className = word.prefix { ASCII.isLetter($0) || ASCII.isDigit($0) }
    guard !className.isEmpty else {
      report(
        Array("readcf: config K line, map ".utf8) + name + Array(": no map class".utf8), at: 1)
      return
    }
    guard let mapClass = conditions.build.mapClass(named: className) else {
      report(
        Array("readcf: map ".utf8) + name + Array(": class ".utf8) + className
          + Array(" not available".utf8), at: 1)
      return
    }
    let key = OptionWords.folded(name)
    maps.insert(key)
    let rest = line[className.endIndex...].dropFirst().drop(while: ASCII.isSpace)
    var context = mapContext(Array(name), mapClass)
    // A map that is defined again keeps the file it had.
    context.hasFile = mapsWithFiles.contains(key)
    let arguments = takeArguments(rest, of: context, at: 1)
    guard arguments.file != nil else { return }
    mapsWithFiles.insert(key)
    note(arguments, named: Array(name), mapClass)
  }

  /// Notes a map that reads a file. The last of a name counts.
  private mutating func note(_ arguments: MapArguments, named name: [UInt8]?, _ mapClass: MapClass)
  {
    guard arguments.isUsable, let file = arguments.file else { return }
    if let name {
      configuration.maps.removeAll { $0.name.map(OptionWords.folded) == OptionWords.folded(name) }
    }
    configuration.maps.append(
      ConfiguredMap(
        line: line?.firstNumber, name: name, className: mapClass.name, file: file,
        isOptional: arguments.isOptional))
  }

  /// Returns the context of a map of this name and class at this line.
  func mapContext(_ name: [UInt8], _ mapClass: MapClass) -> MapArguments.Context {
    let files = conditions.files
    let secret = directorySecret
    return MapArguments.Context(
      name: name, mapClass: mapClass, known: maps, directory: directoryDefaults,
      machine: configuration.machine, readsFiles: files != nil,
      secretRefusal: { path in
        files.flatMap { secret.refusal(of: path, in: $0) }
      })
  }

  /// Reads the arguments of a map and reports what is wrong with them.
  mutating func takeArguments(
    _ text: ArraySlice<UInt8>, of context: MapArguments.Context, at offset: Int
  ) -> MapArguments {
    let arguments = MapArguments(text, context)
    var isCounted = false
    for message in arguments.messages {
      if message.followsSecret, !isCounted {
        isCounted = true
        secretLines += 1
      }
      if message.isWarning {
        report(message.text, at: offset, effect: .warning)
      } else {
        report(message.text, at: offset, because: message.reason)
      }
    }
    if arguments.hasReadSecret, !isCounted { secretLines += 1 }
    return arguments
  }

  // MARK: Aliases

  /// Takes the files and maps of `AliasFile`: `file,class:arguments,…`.
  mutating func takeAliases(_ value: [UInt8], at offset: Int) {
    var rest = value.isEmpty ? Array("aliases".utf8)[...] : value[...]
    while true {
      rest = rest.drop(while: ASCII.isSpace)
      guard !rest.isEmpty else { return }
      guard aliasCount < MapArguments.maximumMembers else {
        report(
          "Too many alias databases defined, \(MapArguments.maximumMembers) max", at: offset)
        return
      }
      let begin = rest.startIndex
      var className = Array("implicit".utf8)
      let separator = rest.firstIndex { " ,/:".utf8.contains($0) }
      if let separator, rest[separator] == ASCII.colon {
        className = Array(rest[..<separator])
        rest = rest[(separator + 1)...]
      }
      let specification = Self.aliasSpecification(rest, from: separator)
      rest = rest[specification.endIndex...].dropFirst()
      define(
        aliases: specification, in: className,
        at: offset + (value.isEmpty ? 0 : begin))
    }
  }

  /// Returns the text before the comma that ends a specification; one in quotes does not.
  private static func aliasSpecification(
    _ text: ArraySlice<UInt8>, from separator: Int?
  ) -> ArraySlice<UInt8> {
    guard let separator else { return text }
    var isQuoted = false
    let end = text[max(separator, text.startIndex)...].firstIndex { byte in
      if byte == ASCII.doubleQuote { isQuoted.toggle() }
      return byte == ASCII.comma && !isQuoted
    }
    return text[..<(end ?? text.endIndex)]
  }

  private mutating func define(
    aliases specification: ArraySlice<UInt8>, in className: [UInt8], at offset: Int
  ) {
    maps.insert("aliases.files")
    maps.insert("alias\(aliasCount)")
    guard let mapClass = conditions.build.mapClass(named: className) else {
      report(Array("setalias: unknown alias class ".utf8) + className, at: offset)
      return
    }
    guard mapClass.servesAliases else {
      report(
        Array("setalias: map class ".utf8) + className + Array(" can't handle aliases".utf8),
        at: offset)
      return
    }
    if mapClass.arguments == .ldap, specification.isEmpty { nameCluster() }
    var context = mapContext(Array("Alias\(aliasCount)".utf8), mapClass)
    context.isForAliases = true
    let arguments = takeArguments(specification, of: context, at: offset)
    guard arguments.isUsable else { return }
    aliasCount += 1
    note(arguments, named: nil, mapClass)
  }

  /// Takes the number among the long names of the macro in sendmail's own arguments for LDAP.
  mutating func nameCluster() {
    _ = configuration.names.code(of: Array("sendmailMTACluster".utf8))
  }

  // MARK: LDAPDefaultSpec

  /// Takes what all directory maps have in common (`ldapmap_set_defaults` in `map.c`).
  mutating func takeDirectoryDefaults(_ value: [UInt8], at offset: Int) {
    let name = "readcf: option LDAPDefaultSpec"
    directoryDefaults = MapArguments.DirectoryDefaults()
    guard let mapClass = conditions.build.mapClass(named: "ldap".utf8) else {
      report("readcf: LDAPDefaultSpec: class ldap not available", at: offset)
      return
    }
    var context = mapContext(Array("O LDAPDefaultSpec".utf8), mapClass)
    context.isDefaults = true
    let arguments = takeArguments(value[...], of: context, at: offset)
    if arguments.isSpecific { report("\(name): Do not set non-LDAP specific flags", at: offset) }
    if arguments.keyColumn != nil {
      report("\(name): Do not set the LDAP search filter", at: offset)
    }
    if arguments.valueColumn != nil {
      report("\(name): Do not set the requested LDAP attributes", at: offset)
    }
    directoryDefaults = arguments.directory
  }
}
