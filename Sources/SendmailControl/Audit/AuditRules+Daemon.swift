// SPDX-License-Identifier: Apache-2.0

/// The rules about the listening process and the daemon's command line.
extension AuditRule {
  package static let listenerMissing = AuditRule(
    "listener.missing", .warning, label: "no socket",
    requirement: "A running daemon must have its control socket.",
    source: "\(Source.control), opencontrolsocket",
    reason: """
      A daemon that could not open its socket continues without one and reports it only in its \
      log. Or it was started before the configuration was changed, or the socket was removed.
      """)
  package static let listenerForeignUser = AuditRule(
    "listener.foreign-user", .error, label: "listener",
    requirement: "The listening process must run as root, TrustedUser or RunAsUser.",
    source: "\(Source.control), opencontrolsocket",
    reason: """
      Another user answers in sendmail's place, and reads every request. None of its replies can \
      be trusted.
      """)
  package static let listenerNotSendmail = AuditRule(
    "listener.not-sendmail", .error, label: "listener",
    requirement: "The listening process must be sendmail.",
    source: "\(Source.control), opencontrolsocket",
    reason: """
      Another program answers in sendmail's place. This may be intended, as with smcontrold where \
      there is no sendmail; but then the daemon has no socket.
      """)
  package static let commandLineControlSocket = AuditRule(
    "command-line.control-socket", .warning, label: "command line",
    requirement:
      "ControlSocketName must be set in the configuration file, not on the command line.",
    source: "\(Source.guide), 3.5 and footnote 12; sendmail/readcf.c, setoption",
    reason: """
      The option is not one of those that sendmail considers safe on the command line: it gives up \
      its set-user-ID or set-group-ID privileges, which is harmless for a daemon that root has \
      started. But every program that reads the file, smcontrol included, searches for the socket in \
      the wrong place.
      """)
}

/// The rule about the daemon's working directory.
extension AuditRule {
  package static let queueDaemonElsewhere = AuditRule(
    "queue.daemon-elsewhere", .warning, label: "other directory",
    requirement: "The daemon must work in the base queue directory of its configuration.",
    source: "\(Source.queue), setup_queues",
    reason: """
      sendmail changes to its queue directory when it starts, and stays there. When the directory is \
      moved, replaced or mounted over, the daemon goes on in the old one, and mail that others put \
      into the new one waits until it is restarted.
      """)
}

/// The rules about limits.
extension AuditRule {
  package static let limitsIneffective = AuditRule(
    "limits.ineffective", .note, label: "limits",
    requirement: "A limit never acts where another one acts first.",
    source: "\(Source.guide), 5.1.5 and 5.6",
    reason: """
      From RefuseLA on sendmail refuses connections, so that a QueueLA or DelayLA above it never acts \
      on mail that arrives by SMTP. The same is true of a port's own limits, of children= above \
      MaxDaemonChildren, and of MaxRunnersPerQueue above MaxQueueChildren.
      """)
  package static let configurationRelativeClassFile = AuditRule(
    "configuration.relative-class-file", .warning, label: "relative",
    requirement: "Files in F lines must be absolute.",
    source: "sendmail/readcf.c, fileclass",
    reason: """
      sendmail reads F lines before it changes to the queue directory: a relative path is relative to \
      the directory that sendmail is started in, often /. Another start can read another file, or none.
      """)
}

/// The rules about listing the queue.
extension AuditRule {
  package static let privacyMailqOpen = AuditRule(
    "privacy.mailq-open", .note, label: "mailq",
    requirement: "PrivacyOptions=restrictmailq lets only one group list the queue.",
    source: "\(Source.guide), 5.6, PrivacyOptions",
    reason: """
      Without it mailq shows senders, recipients and reasons to every user for whom sendmail can \
      enter the queue directory; to all users where sendmail is set-group-ID to its group.
      """)
  package static let privacyMailqRestricted = AuditRule(
    "privacy.mailq-restricted", .note, label: "mailq",
    requirement: "With restrictmailq only the queue directory's own group may list it.",
    source: "\(Source.guide), 5.6, PrivacyOptions; \(Source.queue), print_single_queue",
    reason: """
      sendmail compares the user's groups with the group of each queue directory separately. Root \
      is always allowed; neither the control socket nor mailq -bP is restricted.
      """)
}
