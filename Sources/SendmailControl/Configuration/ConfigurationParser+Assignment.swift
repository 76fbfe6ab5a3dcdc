// SPDX-License-Identifier: Apache-2.0

extension ConfigurationParser {
  /// The options whose settings add up, so that every line counts.
  static let accumulating: Set<OptionCode> = [
    .daemonPortOptions, .clientPortOptions, .privacyOptions, .dontBlameSendmail,
  ]
  /// The options that an override does not protect from the file.
  private static let neverProtected: Set<OptionCode> = [
    .privacyOptions, .dontBlameSendmail, .macroDefinition,
  ]

  /// Sets an option, unless an override protects it (`setoption` in `readcf.c`).
  mutating func assign(_ assignment: OptionAssignment) {
    let option = assignment.option
    if let abbreviation = assignment.abbreviation {
      report(
        Array("Option ".utf8) + abbreviation
          + Array(" used as abbreviation for \(option.name)".utf8),
        at: line == nil ? 0 : 2, effect: .warning)
    }
    if line != nil, protectedOptions.contains(option.code) { return }
    record(assignment)
    check(assignment, at: line == nil ? 0 : assignment.valueOffset + 1)
    if line == nil, !option.hasSuboptions, !Self.neverProtected.contains(option.code) {
      protectedOptions.insert(option.code)
    }
  }

  private mutating func record(_ assignment: OptionAssignment) {
    let option = assignment.option
    switch option.code {
    case .timeout, .milter, .macroDefinition: return
    case .minFreeBlocks:
      // The old form `blocks/bytes` sets two options.
      if let slash = assignment.value.firstIndex(of: ASCII.slash) {
        let name = OptionTable.option(.maxMessageSize)?.name ?? ""
        configuration.settings[.maxMessageSize] = [
          OptionSetting(
            name: name, value: Array(assignment.value[(slash + 1)...]), origin: origin)
        ]
      }
    default: break
    }
    let setting = OptionSetting(name: option.shownName, value: assignment.value, origin: origin)
    if Self.accumulating.contains(option.code) {
      configuration.settings[option.code, default: []].append(setting)
    } else {
      configuration.settings[option.code] = [setting]
    }
  }

  // MARK: Timeouts

  /// Sets `Timeout.name` (`settimeout`).
  mutating func setTimeout(_ name: [UInt8], to value: [UInt8], at offset: Int) {
    guard let timeout = TimeoutName(name) else {
      report(Array("settimeout: invalid timeout ".utf8) + name, at: offset)
      return
    }
    if line != nil, protectedTimeouts.contains(timeout) { return }
    store(timeout, value)
    // sendmail reads most values in minutes first and then, for some, again in their own unit.
    var units = [OptionValue.TimeUnit.minutes]
    if let unit = timeout.unit, unit != .minutes { units.append(unit) }
    for unit in units {
      reportUnknownUnits(OptionValue.time(value, unit: unit).unknownUnits, at: offset)
    }
    if line == nil { protectedTimeouts.formUnion(timeout.protected) }
  }

  private mutating func store(_ timeout: TimeoutName, _ value: [UInt8]) {
    for covered in timeout.covered { configuration.timeouts[covered] = nil }
    configuration.timeouts[timeout] = OptionSetting(
      name: "Timeout.\(timeout.name)", value: value, origin: origin)
  }

  /// Sets timeouts from a list `name=value,…`, or several from a number (`inittimeouts`).
  mutating func setTimeouts(_ list: [UInt8], at offset: Int) {
    var rest = list[...]
    while true {
      rest = rest.drop(while: ASCII.isSpace)
      guard let first = rest.first else { return }
      let item = rest.prefix { $0 != ASCII.comma }
      rest = rest[item.endIndex...].dropFirst()
      if ASCII.isDigit(first) {
        setOldTimeouts(Array(item), at: offset + item.startIndex)
        continue
      }
      let separator = item.firstIndex(of: ASCII.colon) ?? item.firstIndex(of: ASCII.equals)
      guard let separator else { continue }
      setTimeout(
        Array(item[..<separator]), to: Array(item[separator...].dropFirst()),
        at: offset + item.startIndex)
    }
  }

  /// The oldest form, a number for six timeouts, which no override protects from it.
  private mutating func setOldTimeouts(_ value: [UInt8], at offset: Int) {
    let timeouts: [TimeoutName] = [.mail, .rcpt, .datainit, .datablock, .datafinal, .command]
    for timeout in timeouts { store(timeout, value) }
    if line == nil { protectedTimeouts.formUnion(timeouts) }
    reportUnknownUnits(OptionValue.time(value, unit: .minutes).unknownUnits, at: offset)
  }

  /// Complains about letters that are no units of time; sendmail takes them for the default unit.
  mutating func reportUnknownUnits(_ units: [UInt8], at offset: Int) {
    for unit in units {
      report(
        Array("Invalid time unit `".utf8) + [unit] + Array("'".utf8), at: offset, effect: .warning)
    }
  }

  // MARK: Milter

  /// Sets `Milter.name` (`milter_set_option` in sendmail's `milter.c`).
  mutating func setMilter(_ suboption: [UInt8]?, to value: [UInt8], at offset: Int) {
    guard let suboption else {
      report("milter_set_option: invalid Milter option, must specify suboption", at: offset)
      return
    }
    let name = OptionWords.folded(suboption)
    guard MilterOption.all.contains(name) else {
      report(Array("milter_set_option: invalid Milter option ".utf8) + suboption, at: offset)
      return
    }
    if line != nil, protectedMilterOptions.contains(name) { return }
    configuration.milterSettings[name] = OptionSetting(
      name: "Milter.\(name)", value: value, origin: origin)
    if line == nil { protectedMilterOptions.insert(name) }
    if name.hasPrefix("macros."), Self.macroCount(value) > Self.mostFilterMacros {
      report(
        Array("milter_set_option: too many macros in Milter.".utf8) + suboption
          + Array(" (max \(Self.mostFilterMacros))".utf8), at: offset)
    }
  }

  /// The most macros for one step of a session (`MAXFILTERMACROS`).
  private static let mostFilterMacros = 50

  /// Returns the number of macros in a list, which commas, blanks and bytes outside ASCII separate
  /// (`milter_set_macros`).
  private static func macroCount(_ list: [UInt8]) -> Int {
    var count = 0
    var rest = list[...]
    while true {
      rest = rest.drop { $0 == ASCII.comma || ASCII.isSpace($0) }
      guard !rest.isEmpty else { return count }
      count += 1
      rest = rest.drop { $0 < 0x80 && $0 != ASCII.comma && !ASCII.isSpace($0) }.dropFirst()
    }
  }

  // MARK: Queue groups

  mutating func takeQueueGroup() {
    let maximum = configuration.setting(.maxQueueChildren).map { OptionValue.integer($0.value) }
    var definition = QueueGroup.parse(text, maximumChildren: maximum ?? 0)
    for (complaint, offset) in definition.complaints {
      switch complaint {
      case .error(let message): report(message, at: offset)
      case .unknownUnit(let unit): reportUnknownUnits([unit], at: offset)
      }
    }
    for warning in definition.warnings {
      report(warning, at: 0, effect: .warning, isLocated: false)
    }
    guard definition.isUsable else { return }
    guard configuration.queueGroups.count < QueueGroup.maximumCount else {
      report("too many queue groups defined (\(QueueGroup.maximumCount) max)", at: 0)
      return
    }
    if !definition.hasPath {
      guard configuration.setting(.queueDirectory) != nil else {
        report("QueueDir must be defined before queue groups", at: 0)
        return
      }
      definition.group.path = configuration.queueDirectory
    }
    if let runners = definition.group.maximumRunners, runners > 1,
      !definition.group.flags.contains(UInt8(ascii: "f"))
    {
      report(
        Array("Warning: Q=".utf8) + definition.group.name
          + Array(
            ": R=\(runners): multiple queue runners specified\n\tbut flag 'f' is not set".utf8),
        at: 0, effect: .warning, isLocated: false)
    }
    definition.group.line = line?.firstNumber
    let name = OptionWords.folded(definition.group.name)
    let index = configuration.queueGroups.firstIndex { OptionWords.folded($0.name) == name }
    if let index {
      configuration.queueGroups[index] = definition.group
    } else {
      configuration.queueGroups.append(definition.group)
    }
  }
}
