// SPDX-License-Identifier: GPL-3.0-or-later

/// The rules of who listens, and of what the daemon was started with.
extension AuditRuleText {
  static let listenerMissing = AuditRuleText(
    .warning, "no socket", "A daemon that runs has its control socket.",
    source: "\(AuditSource.control), opencontrolsocket",
    reason: """
      A daemon that could not open its socket goes on without one and says so only in its log. Or \
      it was started before the configuration was changed, or somebody removed the socket.
      """)
  static let listenerForeignUser = AuditRuleText(
    .error, "listener", "Who listens is root, TrustedUser or RunAsUser.",
    source: "\(AuditSource.control), opencontrolsocket",
    reason: """
      Another user answers in sendmail's place, and learns what is asked of it. Nothing that it \
      says can be believed.
      """)
  static let listenerNotSendmail = AuditRuleText(
    .error, "listener", "The program that listens is sendmail.",
    source: "\(AuditSource.control), opencontrolsocket",
    reason: """
      Another program answers in sendmail's place. It may be meant so, as smcontrold is where \
      there is no sendmail; but then the daemon has no socket.
      """)
  static let commandLineControlSocket = AuditRuleText(
    .warning, "command line", "ControlSocketName is set in the file, not on the command line.",
    source: "\(AuditSource.guide), 3.5 and footnote 12; sendmail/readcf.c, setoption",
    reason: """
      The option is not one of those that sendmail takes to be safe on the command line: it gives \
      up its set-user-ID or set-group-ID privileges for it, which does no harm to a daemon that \
      root has started. But everything that reads the file, this program included, looks for the \
      socket in the wrong place.
      """)
}

/// The rules of who may list the queue.
extension AuditRuleText {
  static let privacyMailqOpen = AuditRuleText(
    .note, "mailq",
    "PrivacyOptions=restrictmailq keeps the list of the queue from all but a group.",
    source: "\(AuditSource.guide), 5.6, PrivacyOptions",
    reason: """
      Without it mailq shows senders, recipients and reasons to every user for whom sendmail can \
      enter the queue directory; where sendmail is set-group-ID to its group, to everybody.
      """)
  static let privacyMailqRestricted = AuditRuleText(
    .note, "mailq", "With restrictmailq only the queue directory's own group may list it.",
    source: "\(AuditSource.guide), 5.6, PrivacyOptions; \(AuditSource.queue), print_single_queue",
    reason: """
      sendmail compares the user's groups with the group of each queue directory by itself. Root \
      always may; neither the control socket nor mailq -bP asks.
      """)
}
