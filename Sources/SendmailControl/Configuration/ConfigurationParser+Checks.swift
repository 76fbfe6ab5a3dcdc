// SPDX-License-Identifier: Apache-2.0

extension ConfigurationParser {
  /// Does what an option does besides being set, and says what sendmail says about its value.
  ///
  /// `offset` is the position of the value in ``text``.
  mutating func check(_ assignment: OptionAssignment, at offset: Int) {
    let value = assignment.value
    switch assignment.option.code {
    case .timeout:
      if let suboption = assignment.suboption {
        setTimeout(suboption, to: value, at: offset)
      } else {
        setTimeouts(value, at: offset)
      }
    case .queueTimeout: setQueueTimeout(value, at: offset)
    case .milter: setMilter(assignment.suboption, to: value, at: offset)
    case .aliasFile: takeAliases(value, at: offset)
    case .directoryDefaults: takeDirectoryDefaults(value, at: offset)
    case .macroDefinition: defineMacro(value, at: offset)
    case .directSubmissionModifiers:
      // Its macro takes a number among the long names.
      _ = configuration.names.code(of: Array("daemon_flags".utf8))
    case .privacyOptions: takePrivacyOptions(value, at: offset)
    case .dontBlameSendmail: takeDontBlameSendmail(value, at: offset)
    case .unsafeGroupWrites:
      guard !OptionValue.truth(value) else { return }
      configuration.dontBlameSendmail.formUnion([
        .groupwritableforwardfilesafe, .groupwritableincludefilesafe,
      ])
    case .daemonPortOptions: takeDaemonPort(value, at: offset)
    case .clientPortOptions:
      let (port, errors) = parsePort(value, defaultName: "Client", at: offset)
      configuration.clientPorts.append(port)
      for error in errors { report(error.message, at: error.offset) }
    case .trustedUser, .runAsUser, .defaultUser, .defaultGroup:
      checkUser(assignment.option.code, value, at: offset)
    case .deliveryMode where !value.isEmpty:
      checkMode(value, allowed: "qdib", what: "delivery", at: offset)
    case .eightBitMode: checkMode(value, allowed: "pms", what: "8-bit", at: offset)
    default:
      // The value itself stays as it is written, unlike what is said about its macros.
      if Self.expandedOptions.contains(assignment.option.name) { _ = expand(value[...]) }
      checkValue(assignment, at: offset)
    }
  }

  /// The options whose macros sendmail puts in when it reads them (`SET_STRING_EXP`).
  private static let expandedOptions: Set<String> = [
    "SharedMemoryKeyFile", "ServerCertFile", "ServerKeyFile", "ClientCertFile", "ClientKeyFile",
    "CACertFile", "CACertPath", "DHParameters", "CipherList", "CipherSuites",
    "CertFingerprintAlgorithm", "SSLEnginePath", "CRLFile", "CRLPath",
  ]

  private mutating func setQueueTimeout(_ value: [UInt8], at offset: Int) {
    let slash = value.firstIndex(of: ASCII.slash)
    if let slash {
      setTimeout(
        Array("queuewarn".utf8), to: Array(value[(slash + 1)...]), at: offset + slash + 1)
    }
    setTimeout(
      Array("queuereturn".utf8), to: Array(value[..<(slash ?? value.count)]), at: offset)
  }

  private mutating func defineMacro(_ value: [UInt8], at offset: Int) {
    let result = configuration.names.take(value[...])
    for error in result.errors { report(error, at: offset) }
    guard result.code != 0 else { return }
    configuration.macros[result.code] = Array(value.dropFirst(result.length))
    if result.code == UInt8(ascii: "j") { definesHostName = true }
  }

  private mutating func takePrivacyOptions(_ value: [UInt8], at offset: Int) {
    for word in OptionWords.split(value) {
      if let option = PrivacyOption(word: word) {
        configuration.privacyOptions.insert(option)
      } else {
        report(
          Array("readcf: Op line: ".utf8) + word + Array(" unrecognized".utf8),
          at: offset + word.startIndex)
      }
    }
  }

  private mutating func takeDontBlameSendmail(_ value: [UInt8], at offset: Int) {
    for word in OptionWords.split(value) {
      switch DontBlameSendmail(word: word) {
      case .safe?: configuration.dontBlameSendmail = []
      case let flag?: configuration.dontBlameSendmail.insert(flag)
      case nil:
        report(
          Array("readcf: DontBlameSendmail option: ".utf8) + word + Array(" unrecognized".utf8),
          at: offset + word.startIndex)
      }
    }
  }

  private mutating func takeDaemonPort(_ value: [UInt8], at offset: Int) {
    guard configuration.daemonPorts.count < conditions.build.maximumDaemons else {
      report("too many daemons defined (\(conditions.build.maximumDaemons) max)", at: offset)
      return
    }
    let (port, errors) = parsePort(
      value, defaultName: "Daemon\(configuration.daemonPorts.count)", at: offset)
    configuration.daemonPorts.append(port)
    for error in errors { report(error.message, at: error.offset) }
  }

  /// Takes a port's value apart, and looks its address and service up.
  private mutating func parsePort(
    _ value: [UInt8], defaultName: String, at offset: Int
  ) -> (port: DaemonPort, errors: [(message: [UInt8], offset: Int)]) {
    let service = configuration.machine.service
    var (port, errors) = DaemonPort.parse(
      value, defaultName: defaultName, service: service,
      host: { lookUp(host: $0, isVersion6: $1) })
    if defaultName == "Client", port.name == Array(defaultName.utf8) {
      port.name += Array("\(port.family.number)".utf8)
    }
    return (port, errors.map { ($0.message, offset + $0.offset) })
  }

  /// Looks up a host, at last under its name without the domain of this machine (`sm_gethostbyname` in
  /// sendmail's `conf.c`).
  mutating func lookUp(host name: [UInt8], isVersion6: Bool) -> Fact<[UInt8]> {
    let host = configuration.machine.host
    let domain = configuration.macros[UInt8(ascii: "m")] ?? []
    var found = host(name, isVersion6)
    if found == .absent, let short = HostName.shortened(name, domain: domain) {
      found = host(short, isVersion6)
    }
    if let reason = found.reason {
      let note = "host name \(TerminalEscaping.escape(name)) was not looked up: \(reason)"
      if !configuration.hostsNotLookedUp.contains(note) {
        configuration.hostsNotLookedUp.append(note)
      }
    }
    return found
  }

  /// sendmail stops at once for a mode it does not know.
  private mutating func checkMode(
    _ value: [UInt8], allowed: String, what: String, at offset: Int
  ) {
    guard !allowed.utf8.contains(value.first ?? ASCII.null) else { return }
    report(
      Array("Unknown \(what) mode ".utf8) + value.prefix(1), at: offset,
      effect: .refusesToStart(exitCode: ExitCode.usage))
  }

  // MARK: Users

  private mutating func checkUser(_ option: OptionCode, _ value: [UInt8], at offset: Int) {
    let accounts = configuration.accounts
    let name =
      switch option {
      case .trustedUser: "TrustedUser"
      case .runAsUser: "RunAsUser"
      default: String(decoding: [option.rawValue], as: UTF8.self)
      }
    let isGroup = option == .defaultGroup
    let parts =
      option == .trustedUser || isGroup ? (user: value, group: nil) : UserName.split(value)
    if !isGroup, !UserName.isNumber(parts.user), accounts.user(named: parts.user) == nil {
      report(Array("readcf: option \(name): unknown user ".utf8) + parts.user, at: offset)
      return
    }
    let group = isGroup ? value : parts.group ?? []
    guard isGroup || !group.isEmpty, !UserName.isNumber(group),
      accounts.group(named: group) == nil
    else { return }
    report(
      Array("readcf: option \(name): unknown group ".utf8) + group,
      at: isGroup ? offset : offset + parts.user.count + 1)
  }
}
