// SPDX-License-Identifier: Apache-2.0

/// The meaning of the options in force, sendmail's defaults included.
extension SendmailConfiguration {
  private func value(_ option: OptionCode) -> [UInt8]? { setting(option)?.value }

  private func integer(_ option: OptionCode, default number: Int) -> Int {
    value(option).map { OptionValue.integer($0) } ?? number
  }

  /// `QueueDirectory`, as written; `mqueue` when it is empty or missing, which sendmail accepts from
  /// tools only.
  package var queueDirectory: [UInt8] {
    guard let value = value(.queueDirectory), !value.isEmpty else { return Array("mqueue".utf8) }
    return value
  }

  /// `PidFile` with its macros put in; Debian's own when it is not set. The file name has sendmail's
  /// internal bytes where a high byte is quoted.
  public var pidFile: ByteText {
    ByteText(expand(value(.pidFile) ?? Array(OptionDefault.pidFile.utf8)))
  }

  /// `ProcessTitlePrefix` with its macros put in; empty when it is not set.
  package var processTitlePrefix: [UInt8] { expand(value(.processTitlePrefix) ?? []) }

  /// `HelpFile`; `nil` when it is not set, and HELP is then not implemented.
  package var helpFile: [UInt8]? {
    value(.helpFile).map { $0.isEmpty ? Array("helpfile".utf8) : $0 }
  }

  /// `StatusFile`; `nil` when it is not set, and no statistics are kept then.
  package var statusFile: [UInt8]? {
    value(.statusFile).map { $0.isEmpty ? Array("statistics".utf8) : $0 }
  }

  /// `TrustedUser`'s number: the one given, the named user's, or 0.
  package var trustedUserID: UInt32 {
    guard let name = value(.trustedUser) else { return 0 }
    return userID(name) ?? 0
  }

  /// `RunAsUser`: the user's number, and the group's when one is given or the user is named; `nil`
  /// when it is not set or no such user exists.
  package var runAsUser: (userID: UInt32, groupID: UInt32?)? {
    guard let value = value(.runAsUser) else { return nil }
    let (name, groupName) = UserName.split(value)
    guard let userID = userID(name) else { return nil }
    let own = UserName.isNumber(name) ? nil : accounts.user(named: name)?.groupID
    guard let groupName, !groupName.isEmpty else { return (userID, own) }
    let group =
      UserName.isNumber(groupName)
      ? UInt32(truncatingIfNeeded: OptionValue.integer(groupName))
      : accounts.group(named: groupName)
    return (userID, group ?? own)
  }

  private func userID(_ name: [UInt8]) -> UInt32? {
    UserName.isNumber(name)
      ? UInt32(truncatingIfNeeded: OptionValue.integer(name)) : accounts.user(named: name)?.userID
  }

  /// A timeout in seconds; 0 means none.
  ///
  /// - Returns: the number of tries for the timeouts that count them (``TimeoutName/unit`` is `nil`).
  package func timeout(_ name: TimeoutName) -> Int {
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
  /// `QueueLA`; 8 a processor when it is not set.
  package var queueLA: Int { integer(.queueLA, default: 8 * machine.processors) }
  /// `RefuseLA`; 12 a processor when it is not set; 0 or less means never.
  package var refuseLA: Int { integer(.refuseLA, default: 12 * machine.processors) }
  /// `DelayLA`; 0 or less means never.
  package var delayLA: Int { integer(.delayLA, default: 0) }
  /// `ConnectionRateThrottle`; 0 or less means no limit.
  package var connectionRateThrottle: Int { integer(.connectionRateThrottle, default: 0) }
  /// `MinQueueAge` in seconds.
  package var minimumQueueAge: Int {
    value(.minQueueAge).map { OptionValue.time($0, unit: .minutes).seconds } ?? 0
  }
  /// `MaxQueueAge` in seconds; 0 for none.
  package var maximumQueueAge: Int {
    value(.maxQueueAge).map { OptionValue.time($0, unit: .minutes).seconds } ?? 0
  }
  /// `QueueFactor`; twenty times the default of `RecipientFactor` when it is not set.
  package var queueFactor: Int { integer(.queueFactor, default: 600_000) }
  /// `MaxQueueChildren`; 0 or less means no limit.
  package var maximumQueueChildren: Int { integer(.maxQueueChildren, default: 0) }
  /// `MaxRunnersPerQueue`; 1 when it is not set.
  package var maximumRunnersPerQueue: Int { integer(.maxRunnersPerQueue, default: 1) }
  /// `ConnectionCacheSize`; 1 when it is not set.
  var connectionCacheSize: Int { integer(.connectionCacheSize, default: 1) }
  /// `MinFreeBlocks`, in blocks of the queue's file system; 0 or less means no check.
  package var minimumFreeBlocks: Int {
    value(.minFreeBlocks).map { OptionValue.long($0) } ?? 0
  }

  /// `SharedMemoryKey`, decimal only; 0 means no shared memory, -1 a key of sendmail's choice.
  package var sharedMemoryKey: Int { integer(.sharedMemoryKey, default: 0) }

  /// `UseMSP`: whether this is the mail submission program's configuration.
  package var usesMSP: Bool { value(.useMSP).map { OptionValue.truth($0) } ?? false }
  /// `DontInitGroups`: whether sendmail considers a user's own group only.
  package var doesNotInitGroups: Bool {
    value(.dontInitGroups).map { OptionValue.truth($0) } ?? false
  }
  /// `QueueFileMode`: the mode of queue files.
  package var queueFileMode: UInt16 { value(.queueFileMode).map { OptionValue.mode($0) } ?? 0o600 }
}
