// SPDX-License-Identifier: Apache-2.0

/// `F` lines, which read words of a class from a file, a program or a map (`fileclass` in sendmail's
/// `readcf.c`).
extension ConfigurationParser {
  mutating func takeFileClass() {
    let result = configuration.names.take(text.dropFirst())
    for error in result.errors { report(error, at: 1) }
    guard result.code != 0 else { return }
    var rest = text.dropFirst(1 + result.length).drop(while: ASCII.isSpace)
    let isOptional = rest.starts(with: "-o".utf8)
    if isOptional {
      rest = rest.drop { !ASCII.isSpace($0) }.drop(while: ASCII.isSpace)
    }
    let offset = rest.startIndex
    let source: [UInt8]
    if let map = Self.map(in: rest) {
      takeClass(result.code, from: map, isOptional: isOptional, at: offset)
      return
    } else if let file = Self.unquoted(rest) {
      source = file
    } else {
      report(Array("illegal filename '".utf8) + rest + Array("'".utf8), at: offset)
      return
    }
    guard !source.isEmpty else {
      report("fileclass: missing file name", at: offset)
      return
    }
    // A program that cannot be run is the same to sendmail as one that prints nothing.
    guard source.first != UInt8(ascii: "|") else { return }
    if let line {
      configuration.classFiles.append(
        ClassFile(
          line: line.firstNumber, path: source, isOptional: isOptional, checks: classFile.checks))
    }
    guard let files = conditions.files,
      let reason = classFile.refusal(of: source, in: files)
    else { return }
    guard !isOptional else {
      leftReason = reason
      return
    }
    report(
      Array("fileclass: cannot open '".utf8) + source + Array("'".utf8), at: offset,
      because: reason)
  }

  /// A map and a key in it, `key@class:arguments`, or `key@LDAP`.
  private struct MapSource {
    var className: ArraySlice<UInt8>
    /// `nil` for the arguments that sendmail itself knows for LDAP.
    var arguments: ArraySlice<UInt8>?
  }

  private static func map(in text: ArraySlice<UInt8>) -> MapSource? {
    guard text.first != ASCII.slash, text.first != UInt8(ascii: "|"),
      let mark = text.firstIndex(of: UInt8(ascii: "@"))
    else { return nil }
    let rest = text[(mark + 1)...]
    if rest.elementsEqual("LDAP".utf8) { return MapSource(className: rest, arguments: nil) }
    guard rest.first != ASCII.colon, let colon = rest.firstIndex(of: ASCII.colon) else {
      return nil
    }
    return MapSource(className: rest[..<colon], arguments: rest[(colon + 1)...])
  }

  /// The first word of `text` without its quotes (`extrquotstr`); `nil` when they do not match.
  private static func unquoted(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var word: [UInt8] = []
    var isEscaped = false
    var isQuoted = false
    for byte in text {
      if isEscaped {
        isEscaped = false
        if byte != ASCII.space { word.append(ASCII.backslash) }
      }
      if byte == ASCII.backslash {
        isEscaped = true
      } else if byte == ASCII.doubleQuote {
        isQuoted.toggle()
      } else if isQuoted || byte != ASCII.space {
        word.append(byte)
      } else {
        break
      }
      guard word.count < QuotedText.longest else { break }
    }
    return isQuoted || isEscaped ? nil : word
  }

  // MARK: Maps

  private mutating func takeClass(
    _ code: UInt8, from source: MapSource, isOptional: Bool, at offset: Int
  ) {
    // A directory cannot be asked here.
    guard let text = source.arguments else { return nameCluster() }
    let name =
      configuration.names.longNames[code]
      ?? ((0x21...0x7F).contains(code) ? [code] : Array("***UNDEFINED MACRO***".utf8))
    let start = Array("fileclass: F{".utf8) + name
    guard let mapClass = conditions.build.mapClass(named: source.className) else {
      report(
        start + Array("}: class ".utf8) + source.className + Array(" not available".utf8),
        at: offset)
      return
    }
    let arguments = takeArguments(text, of: mapContext(name, mapClass), at: offset)
    guard arguments.isUsable,
      case .failed(let reason) = open(arguments, name, mapClass, at: offset)
    else { return }
    guard !isOptional, !arguments.isOptional else {
      leftReason = reason
      return
    }
    report(start + Array("}: map open failed".utf8), at: offset, because: reason)
  }

  private enum Opening {
    case succeeded
    /// It failed, and this is all that sendmail will say of the cause afterwards, be it about the next line.
    case failed(reason: String?)
  }

  /// Opens a map as far as its file tells, and says what sendmail says when that fails.
  private mutating func open(
    _ arguments: MapArguments, _ name: [UInt8], _ mapClass: MapClass, at offset: Int
  ) -> Opening {
    guard let files = conditions.files, let file = arguments.file else { return .succeeded }
    let map = [ASCII.doubleQuote] + name + Array("\": ".utf8)
    switch mapClass.name {
    case "hash", "btree", "implicit":
      let isDatabase = file.count > 2 && file.suffix(3).elementsEqual(".db".utf8)
      let database = isDatabase ? file : file + Array(".db".utf8)
      guard let rule = mapFile.rule(brokenBy: database, in: files) else { return .succeeded }
      let reason = rule.reason ?? "\(rule)"
      let isImplicit = mapClass.name == "implicit"
      let readsText = isImplicit && conditions.build.version < SendmailVersion(8, 16)
      guard !isImplicit || readsText else { return .failed(reason: reason) }
      if !arguments.isOptional {
        report(
          Array("\(isImplicit ? "hash" : mapClass.name) map ".utf8) + map
            + Array("\(rule == .missing ? "missing" : "unsafe") map file ".utf8) + database,
          at: offset, because: reason)
      }
      // 8.15 reads a file of text where there is no database.
      if readsText { return openText(file, in: files) }
      if arguments.isOptional { return .failed(reason: reason) }
    case "text":
      guard file.first == ASCII.slash else {
        report(
          Array("text map ".utf8) + map + Array("file name must be fully qualified".utf8),
          at: offset)
        break
      }
      guard let rule = mapFile.rule(brokenBy: file, in: files) else {
        return checkColumns(arguments, name, file, at: offset) ? .succeeded : .failed(reason: nil)
      }
      let reason = Self.remainingReason(rule, at: file, in: files)
      guard !arguments.isOptional else { return .failed(reason: reason) }
      report(
        Array("text map ".utf8) + map + Array("unsafe map file ".utf8) + file, at: offset,
        because: reason)
    case "stab":
      return openText(file, in: files)
    default:
      return .succeeded
    }
    return .failed(reason: nil)
  }

  /// Opens a file of aliases as text.
  private func openText(_ file: [UInt8], in files: any FileView) -> Opening {
    guard let rule = mapFile.rule(brokenBy: file, in: files) else { return .succeeded }
    return .failed(reason: rule.reason ?? "\(rule)")
  }

  /// Returns whether the columns of a text map are numbers; says so of the first that is not.
  private mutating func checkColumns(
    _ arguments: MapArguments, _ name: [UInt8], _ file: [UInt8], at offset: Int
  ) -> Bool {
    for (letter, column) in [("k", arguments.keyColumn), ("v", arguments.valueColumn)] {
      guard let column, !(column.first.map(ASCII.isDigit) ?? false) else { continue }
      report(
        Array("text map \"".utf8) + name + Array("\", file ".utf8) + file
          + Array(": -\(letter) should specify a number, not ".utf8) + column, at: offset)
      return false
    }
    return true
  }

  /// Returns sendmail's message about a text map's file: the error of the last system call, if one
  /// failed.
  private static func remainingReason(
    _ rule: PathRule, at file: [UInt8], in files: any FileView
  ) -> String? {
    guard case .failed(let failure) = files.lookupFollowingLinks(file) else { return nil }
    // A file that is just not there leaves no error.
    let directory = Array(file[...(file.lastIndex(of: ASCII.slash) ?? 0)])
    if rule == failure, case .found = files.lookupFollowingLinks(directory) { return nil }
    return failure.reason
  }
}
