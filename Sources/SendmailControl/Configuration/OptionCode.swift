// SPDX-License-Identifier: Apache-2.0

/// The byte by which sendmail tells options apart: a letter of the short form, or a number above
/// 0x80 for an option that only has a long name.
package struct OptionCode: RawRepresentable, Sendable, Hashable {
  /// The letter or number.
  package let rawValue: UInt8

  /// The code with this letter or number; whether an option has it is ``OptionTable``'s to say.
  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// The default group of mailers, which has no long name.
  package static let defaultGroup = OptionCode(rawValue: UInt8(ascii: "g"))
  /// The definition of a macro, which has no long name.
  package static let macroDefinition = OptionCode(rawValue: UInt8(ascii: "M"))
  /// `AliasFile`.
  package static let aliasFile = OptionCode(rawValue: UInt8(ascii: "A"))
  /// `ConnectionCacheSize`.
  package static let connectionCacheSize = OptionCode(rawValue: UInt8(ascii: "k"))
  /// `EightBitMode`.
  package static let eightBitMode = OptionCode(rawValue: UInt8(ascii: "8"))
  /// `AliasWait`.
  package static let aliasWait = OptionCode(rawValue: UInt8(ascii: "a"))
  /// `MinFreeBlocks`.
  package static let minFreeBlocks = OptionCode(rawValue: UInt8(ascii: "b"))
  /// `DeliveryMode`.
  package static let deliveryMode = OptionCode(rawValue: UInt8(ascii: "d"))
  /// `TempFileMode`.
  package static let tempFileMode = OptionCode(rawValue: UInt8(ascii: "F"))
  /// `HelpFile`.
  package static let helpFile = OptionCode(rawValue: UInt8(ascii: "H"))
  /// `ResolverOptions`.
  package static let resolverOptions = OptionCode(rawValue: UInt8(ascii: "I"))
  /// `ConnectionCacheTimeout`.
  package static let connectionCacheTimeout = OptionCode(rawValue: UInt8(ascii: "K"))
  /// `LogLevel`.
  package static let logLevel = OptionCode(rawValue: UInt8(ascii: "L"))
  /// `DaemonPortOptions`.
  package static let daemonPortOptions = OptionCode(rawValue: UInt8(ascii: "O"))
  /// `PrivacyOptions`.
  package static let privacyOptions = OptionCode(rawValue: UInt8(ascii: "p"))
  /// `QueueDirectory`.
  package static let queueDirectory = OptionCode(rawValue: UInt8(ascii: "Q"))
  /// `QueueFactor`.
  package static let queueFactor = OptionCode(rawValue: UInt8(ascii: "q"))
  /// `Timeout`.
  package static let timeout = OptionCode(rawValue: UInt8(ascii: "r"))
  /// `StatusFile`.
  package static let statusFile = OptionCode(rawValue: UInt8(ascii: "S"))
  /// `SuperSafe`.
  package static let superSafe = OptionCode(rawValue: UInt8(ascii: "s"))
  /// `QueueTimeout`.
  package static let queueTimeout = OptionCode(rawValue: UInt8(ascii: "T"))
  /// `DefaultUser`.
  package static let defaultUser = OptionCode(rawValue: UInt8(ascii: "u"))
  /// `QueueLA`.
  package static let queueLA = OptionCode(rawValue: UInt8(ascii: "x"))
  /// `RefuseLA`.
  package static let refuseLA = OptionCode(rawValue: UInt8(ascii: "X"))
  /// `ForkEachJob`.
  package static let forkEachJob = OptionCode(rawValue: UInt8(ascii: "Y"))
  /// `QueueSortOrder`.
  package static let queueSortOrder = OptionCode(rawValue: 0x81)
  /// `MinQueueAge`.
  package static let minQueueAge = OptionCode(rawValue: 0x83)
  /// `DialDelay`.
  package static let dialDelay = OptionCode(rawValue: 0x87)
  /// `NoRecipientAction`.
  package static let noRecipientAction = OptionCode(rawValue: 0x88)
  /// `MaxMessageSize`.
  package static let maxMessageSize = OptionCode(rawValue: 0x8A)
  /// `MaxQueueRunSize`.
  package static let maxQueueRunSize = OptionCode(rawValue: 0x8C)
  /// `MaxDaemonChildren`.
  package static let maxDaemonChildren = OptionCode(rawValue: 0x8D)
  /// `MustQuoteChars`.
  package static let mustQuoteChars = OptionCode(rawValue: 0x8F)
  /// `OperatorChars`.
  package static let operatorChars = OptionCode(rawValue: 0x92)
  /// `DontInitGroups`.
  package static let dontInitGroups = OptionCode(rawValue: 0x93)
  /// `ConnectionRateThrottle`.
  package static let connectionRateThrottle = OptionCode(rawValue: 0x97)
  /// `UnsafeGroupWrites`.
  package static let unsafeGroupWrites = OptionCode(rawValue: 0x99)
  /// `HostStatusDirectory`.
  package static let hostStatusDirectory = OptionCode(rawValue: 0x9B)
  /// `RunAsUser`.
  package static let runAsUser = OptionCode(rawValue: 0x9D)
  /// `PidFile`.
  package static let pidFile = OptionCode(rawValue: 0x9F)
  /// `DontBlameSendmail`.
  package static let dontBlameSendmail = OptionCode(rawValue: 0xA0)
  /// `ConnectOnlyTo`.
  package static let connectOnlyTo = OptionCode(rawValue: 0xA6)
  /// `TrustedUser`.
  package static let trustedUser = OptionCode(rawValue: 0xA7)
  /// `MaxMimeHeaderLength`.
  package static let maxMimeHeaderLength = OptionCode(rawValue: 0xA8)
  /// `LDAPDefaultSpec`.
  package static let directoryDefaults = OptionCode(rawValue: 0xB2)
  /// `MailboxDatabase`.
  package static let mailboxDatabase = OptionCode(rawValue: 0xCB)
  /// `SingleThreadDelivery`.
  package static let singleThreadDelivery = OptionCode(rawValue: 0x9C)
  /// `ControlSocketName`.
  package static let controlSocketName = OptionCode(rawValue: 0xA9)
  /// `MaxHeadersLength`.
  package static let maxHeadersLength = OptionCode(rawValue: 0xAA)
  /// `ProcessTitlePrefix`.
  package static let processTitlePrefix = OptionCode(rawValue: 0xAC)
  /// `ClientPortOptions`.
  package static let clientPortOptions = OptionCode(rawValue: 0xAF)
  /// `ServerCertFile`.
  package static let serverCertFile = OptionCode(rawValue: 0xB4)
  /// `ServerKeyFile`.
  package static let serverKeyFile = OptionCode(rawValue: 0xB5)
  /// `CACertFile`.
  package static let caCertFile = OptionCode(rawValue: 0xB8)
  /// `CACertPath`.
  package static let caCertPath = OptionCode(rawValue: 0xB9)
  /// `InputMailFilters`.
  package static let inputMailFilters = OptionCode(rawValue: 0xBB)
  /// `Milter`.
  package static let milter = OptionCode(rawValue: 0xBC)
  /// `AuthOptions`.
  package static let authOptions = OptionCode(rawValue: 0xBD)
  /// `QueueFileMode`.
  package static let queueFileMode = OptionCode(rawValue: 0xBE)
  /// `TLSSrvOptions`.
  package static let tlsServerOptions = OptionCode(rawValue: 0xC2)
  /// `DeliverByMin`.
  package static let deliverByMin = OptionCode(rawValue: 0xC4)
  /// `MaxQueueChildren`.
  package static let maxQueueChildren = OptionCode(rawValue: 0xC5)
  /// `MaxRunnersPerQueue`.
  package static let maxRunnersPerQueue = OptionCode(rawValue: 0xC6)
  /// `DirectSubmissionModifiers`.
  package static let directSubmissionModifiers = OptionCode(rawValue: 0xC7)
  /// `NiceQueueRun`.
  package static let niceQueueRun = OptionCode(rawValue: 0xC8)
  /// `SharedMemoryKey`.
  package static let sharedMemoryKey = OptionCode(rawValue: 0xC9)
  /// `UseMSP`.
  package static let useMSP = OptionCode(rawValue: 0xCC)
  /// `DelayLA`.
  package static let delayLA = OptionCode(rawValue: 0xCD)
  /// `SoftBounce`.
  package static let softBounce = OptionCode(rawValue: 0xCF)
  /// `SharedMemoryKeyFile`.
  package static let sharedMemoryKeyFile = OptionCode(rawValue: 0xD0)
  /// `RejectLogInterval`.
  package static let rejectLogInterval = OptionCode(rawValue: 0xD1)
  /// `ConnectionRateWindowSize`.
  package static let connectionRateWindowSize = OptionCode(rawValue: 0xD3)
  /// `ServerSSLOptions`.
  package static let serverSSLOptions = OptionCode(rawValue: 0xE3)
  /// `ClientSSLOptions`.
  package static let clientSSLOptions = OptionCode(rawValue: 0xE4)
  /// `MaxQueueAge`.
  package static let maxQueueAge = OptionCode(rawValue: 0xE5)
  /// `SmtpUTF8`.
  package static let smtpUTF8 = OptionCode(rawValue: 0xF8)
}
