// SPDX-License-Identifier: GPL-3.0-or-later

/// What the options in force mean, sendmail's defaults included.
extension SendmailConfiguration {
  private func value(_ option: OptionCode) -> [UInt8]? { setting(option)?.value }

  private func integer(_ option: OptionCode, default number: Int) -> Int {
    value(option).map { OptionValue.integer($0) } ?? number
  }

  /// `QueueDirectory`, as written; `mqueue` when it is empty or missing, which sendmail accepts from
  /// nobody but tools.
  public var queueDirectory: [UInt8] {
    guard let value = value(.queueDirectory), !value.isEmpty else { return Array("mqueue".utf8) }
    return value
  }

  /// `PidFile` with its macros put in; Debian's own when it is not set. The file name has sendmail's
  /// internal bytes where a high byte is quoted.
  public var pidFile: [UInt8] {
    expand(value(.pidFile) ?? Array(OptionDefault.pidFile.utf8))
  }

  /// `ProcessTitlePrefix` with its macros put in; empty when it is not set.
  public var processTitlePrefix: [UInt8] { expand(value(.processTitlePrefix) ?? []) }

  /// `HelpFile`; `nil` when it is not set, and HELP is then not implemented.
  public var helpFile: [UInt8]? {
    value(.helpFile).map { $0.isEmpty ? Array("helpfile".utf8) : $0 }
  }

  /// `StatusFile`; `nil` when it is not set, and no statistics are kept.
  public var statusFile: [UInt8]? {
    value(.statusFile).map { $0.isEmpty ? Array("statistics".utf8) : $0 }
  }

  /// `HostStatusDirectory`, as written; `nil` when it is not set or empty.
  public var hostStatusDirectory: [UInt8]? {
    value(.hostStatusDirectory).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// `TrustedUser`'s number: the one given, the named user's, or 0.
  public var trustedUserID: UInt32 {
    guard let name = value(.trustedUser) else { return 0 }
    return userID(name) ?? 0
  }

  /// `RunAsUser`: the user's number, and the group's when one is given or the user is named; `nil`
  /// when it is not set or no such user exists.
  public var runAsUser: (userID: UInt32, groupID: UInt32?)? {
    guard let value = value(.runAsUser) else { return nil }
    let (name, groupName) = UserName.split(value)
    guard let userID = userID(name) else { return nil }
    let own = UserName.isNumber(name) ? nil : machine.user(name)?.groupID
    guard let groupName, !groupName.isEmpty else { return (userID, own) }
    let group =
      UserName.isNumber(groupName)
      ? UInt32(truncatingIfNeeded: OptionValue.integer(groupName)) : machine.group(groupName)
    return (userID, group ?? own)
  }

  private func userID(_ name: [UInt8]) -> UInt32? {
    UserName.isNumber(name)
      ? UInt32(truncatingIfNeeded: OptionValue.integer(name)) : machine.user(name)?.userID
  }

  /// A timeout in seconds; 0 means none.
  ///
  /// - Returns: the number of tries for the timeouts that count them (``TimeoutName/unit`` is `nil`).
  public func timeout(_ name: TimeoutName) -> Int {
    var setting = timeouts[name]
    if setting == nil {
      let wide = TimeoutName.allCases.first { $0.covered.contains(name) }
      setting = wide.flatMap { timeouts[$0] }
    }
    let value = setting?.value ?? Array(name.defaultText.utf8)
    guard let unit = name.unit else { return OptionValue.integer(value) }
    return OptionValue.time(value, unit: unit).seconds
  }

  /// `MaxDaemonChildren`; 0 or less means no limit.
  public var maximumDaemonChildren: Int { integer(.maxDaemonChildren, default: 0) }
  /// `MaxQueueChildren`; 0 or less means no limit.
  public var maximumQueueChildren: Int { integer(.maxQueueChildren, default: 0) }
  /// `MaxRunnersPerQueue`; 0 or less means 1.
  public var maximumRunnersPerQueue: Int { integer(.maxRunnersPerQueue, default: 0) }
  /// `QueueLA`; 8 a processor when it is not set.
  public var queueLA: Int { integer(.queueLA, default: 8 * machine.processors) }
  /// `RefuseLA`; 12 a processor when it is not set; 0 or less means never.
  public var refuseLA: Int { integer(.refuseLA, default: 12 * machine.processors) }
  /// `DelayLA`; 0 or less means never.
  public var delayLA: Int { integer(.delayLA, default: 0) }
  /// `ConnectionRateThrottle`, connections a second; 0 or less means no limit.
  public var connectionRateThrottle: Int { integer(.connectionRateThrottle, default: 0) }
  /// `LogLevel`.
  public var logLevel: Int { integer(.logLevel, default: 9) }
  /// `MinFreeBlocks`, in blocks of the queue's file system; 0 or less means no check.
  public var minimumFreeBlocks: Int {
    value(.minFreeBlocks).map { OptionValue.long($0) } ?? 0
  }
  /// `MaxMessageSize` in bytes; 0 or less means no limit.
  public var maximumMessageSize: Int {
    value(.maxMessageSize).map { OptionValue.long($0) } ?? 0
  }

  /// `SharedMemoryKey`, decimal only; 0 means no shared memory, -1 a key of sendmail's choice.
  public var sharedMemoryKey: Int { integer(.sharedMemoryKey, default: 0) }
  /// `SharedMemoryKeyFile` with its macros put in; empty when it is not set.
  public var sharedMemoryKeyFile: [UInt8] { expand(value(.sharedMemoryKeyFile) ?? []) }

  /// `DeliveryMode`'s letter: `i`, `b`, `q` or `d`; empty means `i`.
  public var deliveryMode: UInt8 {
    value(.deliveryMode).map { $0.first ?? UInt8(ascii: "i") } ?? UInt8(ascii: "b")
  }

  /// `SuperSafe`: when a message is forced to disk.
  public var superSafe: SuperSafe {
    guard let value = value(.superSafe) else { return .really }
    return SuperSafe(value)
  }

  /// `UseMSP`: whether this is the mail submission program's configuration.
  public var usesMSP: Bool { value(.useMSP).map { OptionValue.truth($0) } ?? false }
  /// `DontInitGroups`: whether sendmail looks at a user's own group only.
  public var doesNotInitGroups: Bool {
    value(.dontInitGroups).map { OptionValue.truth($0) } ?? false
  }
  /// `TempFileMode`: the mode of temporary files.
  public var temporaryFileMode: UInt16 {
    value(.tempFileMode).map { OptionValue.mode($0) } ?? 0o600
  }
  /// `QueueFileMode`: the mode of queue files.
  public var queueFileMode: UInt16 { value(.queueFileMode).map { OptionValue.mode($0) } ?? 0o600 }
}

/// When sendmail forces a message to disk before it takes responsibility for it.
public enum SuperSafe: Sendable, Hashable {
  /// Never.
  case no
  /// Only when the message is queued.
  case interactive
  /// After the milters.
  case postMilter
  /// Always.
  case really

  init(_ value: [UInt8]) {
    switch value.first.map(ASCII.lowercased) {
    case UInt8(ascii: "i"): self = .interactive
    case UInt8(ascii: "p"): self = .postMilter
    default: self = OptionValue.truth(value) ? .really : .no
    }
  }
}
