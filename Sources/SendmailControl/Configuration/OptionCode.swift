// SPDX-License-Identifier: GPL-3.0-or-later

/// The byte by which sendmail tells options apart: a letter of the short form, or a number above
/// 0x80 for an option that only has a long name.
public struct OptionCode: RawRepresentable, Sendable, Hashable {
  /// The letter or number.
  public let rawValue: UInt8

  /// The code with this letter or number; whether an option has it is ``OptionTable``'s to say.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// The default group of mailers, which has no long name.
  public static let defaultGroup = OptionCode(rawValue: UInt8(ascii: "g"))
  /// The definition of a macro, which has no long name.
  public static let macroDefinition = OptionCode(rawValue: UInt8(ascii: "M"))
  /// `AliasFile`.
  public static let aliasFile = OptionCode(rawValue: UInt8(ascii: "A"))
  /// `ConnectionCacheSize`.
  public static let connectionCacheSize = OptionCode(rawValue: UInt8(ascii: "k"))
  /// `EightBitMode`.
  public static let eightBitMode = OptionCode(rawValue: UInt8(ascii: "8"))
  /// `AliasWait`.
  public static let aliasWait = OptionCode(rawValue: UInt8(ascii: "a"))
  /// `MinFreeBlocks`.
  public static let minFreeBlocks = OptionCode(rawValue: UInt8(ascii: "b"))
  /// `DeliveryMode`.
  public static let deliveryMode = OptionCode(rawValue: UInt8(ascii: "d"))
  /// `TempFileMode`.
  public static let tempFileMode = OptionCode(rawValue: UInt8(ascii: "F"))
  /// `HelpFile`.
  public static let helpFile = OptionCode(rawValue: UInt8(ascii: "H"))
  /// `ResolverOptions`.
  public static let resolverOptions = OptionCode(rawValue: UInt8(ascii: "I"))
  /// `ConnectionCacheTimeout`.
  public static let connectionCacheTimeout = OptionCode(rawValue: UInt8(ascii: "K"))
  /// `LogLevel`.
  public static let logLevel = OptionCode(rawValue: UInt8(ascii: "L"))
  /// `DaemonPortOptions`.
  public static let daemonPortOptions = OptionCode(rawValue: UInt8(ascii: "O"))
  /// `PrivacyOptions`.
  public static let privacyOptions = OptionCode(rawValue: UInt8(ascii: "p"))
  /// `QueueDirectory`.
  public static let queueDirectory = OptionCode(rawValue: UInt8(ascii: "Q"))
  /// `Timeout`.
  public static let timeout = OptionCode(rawValue: UInt8(ascii: "r"))
  /// `StatusFile`.
  public static let statusFile = OptionCode(rawValue: UInt8(ascii: "S"))
  /// `SuperSafe`.
  public static let superSafe = OptionCode(rawValue: UInt8(ascii: "s"))
  /// `QueueTimeout`.
  public static let queueTimeout = OptionCode(rawValue: UInt8(ascii: "T"))
  /// `DefaultUser`.
  public static let defaultUser = OptionCode(rawValue: UInt8(ascii: "u"))
  /// `QueueLA`.
  public static let queueLA = OptionCode(rawValue: UInt8(ascii: "x"))
  /// `RefuseLA`.
  public static let refuseLA = OptionCode(rawValue: UInt8(ascii: "X"))
  /// `ForkEachJob`.
  public static let forkEachJob = OptionCode(rawValue: UInt8(ascii: "Y"))
  /// `QueueSortOrder`.
  public static let queueSortOrder = OptionCode(rawValue: 0x81)
  /// `MinQueueAge`.
  public static let minQueueAge = OptionCode(rawValue: 0x83)
  /// `DialDelay`.
  public static let dialDelay = OptionCode(rawValue: 0x87)
  /// `NoRecipientAction`.
  public static let noRecipientAction = OptionCode(rawValue: 0x88)
  /// `MaxMessageSize`.
  public static let maxMessageSize = OptionCode(rawValue: 0x8A)
  /// `MaxQueueRunSize`.
  public static let maxQueueRunSize = OptionCode(rawValue: 0x8C)
  /// `MaxDaemonChildren`.
  public static let maxDaemonChildren = OptionCode(rawValue: 0x8D)
  /// `MustQuoteChars`.
  public static let mustQuoteChars = OptionCode(rawValue: 0x8F)
  /// `OperatorChars`.
  public static let operatorChars = OptionCode(rawValue: 0x92)
  /// `DontInitGroups`.
  public static let dontInitGroups = OptionCode(rawValue: 0x93)
  /// `ConnectionRateThrottle`.
  public static let connectionRateThrottle = OptionCode(rawValue: 0x97)
  /// `UnsafeGroupWrites`.
  public static let unsafeGroupWrites = OptionCode(rawValue: 0x99)
  /// `HostStatusDirectory`.
  public static let hostStatusDirectory = OptionCode(rawValue: 0x9B)
  /// `RunAsUser`.
  public static let runAsUser = OptionCode(rawValue: 0x9D)
  /// `PidFile`.
  public static let pidFile = OptionCode(rawValue: 0x9F)
  /// `DontBlameSendmail`.
  public static let dontBlameSendmail = OptionCode(rawValue: 0xA0)
  /// `ConnectOnlyTo`.
  public static let connectOnlyTo = OptionCode(rawValue: 0xA6)
  /// `TrustedUser`.
  public static let trustedUser = OptionCode(rawValue: 0xA7)
  /// `MaxMimeHeaderLength`.
  public static let maxMimeHeaderLength = OptionCode(rawValue: 0xA8)
  /// `LDAPDefaultSpec`.
  public static let directoryDefaults = OptionCode(rawValue: 0xB2)
  /// `MailboxDatabase`.
  public static let mailboxDatabase = OptionCode(rawValue: 0xCB)
  /// `SingleThreadDelivery`.
  public static let singleThreadDelivery = OptionCode(rawValue: 0x9C)
  /// `ControlSocketName`.
  public static let controlSocketName = OptionCode(rawValue: 0xA9)
  /// `MaxHeadersLength`.
  public static let maxHeadersLength = OptionCode(rawValue: 0xAA)
  /// `ProcessTitlePrefix`.
  public static let processTitlePrefix = OptionCode(rawValue: 0xAC)
  /// `ClientPortOptions`.
  public static let clientPortOptions = OptionCode(rawValue: 0xAF)
  /// `InputMailFilters`.
  public static let inputMailFilters = OptionCode(rawValue: 0xBB)
  /// `Milter`.
  public static let milter = OptionCode(rawValue: 0xBC)
  /// `AuthOptions`.
  public static let authOptions = OptionCode(rawValue: 0xBD)
  /// `QueueFileMode`.
  public static let queueFileMode = OptionCode(rawValue: 0xBE)
  /// `TLSSrvOptions`.
  public static let tlsServerOptions = OptionCode(rawValue: 0xC2)
  /// `DeliverByMin`.
  public static let deliverByMin = OptionCode(rawValue: 0xC4)
  /// `MaxQueueChildren`.
  public static let maxQueueChildren = OptionCode(rawValue: 0xC5)
  /// `MaxRunnersPerQueue`.
  public static let maxRunnersPerQueue = OptionCode(rawValue: 0xC6)
  /// `DirectSubmissionModifiers`.
  public static let directSubmissionModifiers = OptionCode(rawValue: 0xC7)
  /// `NiceQueueRun`.
  public static let niceQueueRun = OptionCode(rawValue: 0xC8)
  /// `SharedMemoryKey`.
  public static let sharedMemoryKey = OptionCode(rawValue: 0xC9)
  /// `UseMSP`.
  public static let useMSP = OptionCode(rawValue: 0xCC)
  /// `DelayLA`.
  public static let delayLA = OptionCode(rawValue: 0xCD)
  /// `SoftBounce`.
  public static let softBounce = OptionCode(rawValue: 0xCF)
  /// `SharedMemoryKeyFile`.
  public static let sharedMemoryKeyFile = OptionCode(rawValue: 0xD0)
  /// `RejectLogInterval`.
  public static let rejectLogInterval = OptionCode(rawValue: 0xD1)
  /// `ConnectionRateWindowSize`.
  public static let connectionRateWindowSize = OptionCode(rawValue: 0xD3)
  /// `ServerSSLOptions`.
  public static let serverSSLOptions = OptionCode(rawValue: 0xE3)
  /// `ClientSSLOptions`.
  public static let clientSSLOptions = OptionCode(rawValue: 0xE4)
  /// `MaxQueueAge`.
  public static let maxQueueAge = OptionCode(rawValue: 0xE5)
  /// `SmtpUTF8`.
  public static let smtpUTF8 = OptionCode(rawValue: 0xF8)
}
