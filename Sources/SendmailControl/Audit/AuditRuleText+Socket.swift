// SPDX-License-Identifier: GPL-3.0-or-later

/// The rules of the control socket's path.
extension AuditRuleText {
  static let socketNotSet = AuditRuleText(
    .warning, "not set", "ControlSocketName names the daemon's control socket.",
    source: "\(AuditSource.guide), 5.6, ControlSocketName",
    reason: """
      Without it nobody can ask the daemon how it is, or have it restarted or ended in an orderly \
      way; signals and the log are all there is.
      """)
  static let socketUnused = AuditRuleText(
    .note, "unused", "The mail submission program opens no control socket.",
    source: AuditSource.control,
    reason: """
      Only a daemon opens the socket that ControlSocketName names. In submit.cf the option does \
      nothing, so nothing is judged by it.
      """)
  static let socketRelative = AuditRuleText(
    .note, "relative", "A relative ControlSocketName is relative to the base queue directory.",
    source: "\(AuditSource.queue), setup_queues, and \(AuditSource.safefile)",
    reason: """
      sendmail changes to its base queue directory before it opens the socket. It then judges only \
      the directories that the name itself mentions, and not those above the queue.
      """)
  static let socketPathTooLong = AuditRuleText(
    .error, "too long", "ControlSocketName has at most \(ControlLimits.longestSocketPath) bytes.",
    source: "\(AuditSource.control), opencontrolsocket",
    reason: """
      A socket's address holds no more. sendmail then runs without a control socket and says so \
      only in its log.
      """)
  static let socketUnreachable = AuditRuleText(
    .warning, "too long as a whole",
    "The control socket's absolute path has at most \(ControlLimits.longestSocketPath) bytes.",
    source: "\(AuditSource.control), opencontrolsocket; unix(7)",
    reason: """
      sendmail opens the socket by its short relative name, from within the queue directory. Whoever \
      knows the absolute path only, as smcontrol.pl does, cannot connect to it.
      """)
  static let socketDirectoryWorldWritable = AuditRuleText(
    .error, "writable by everybody",
    "No directory on the way to the control socket may be writable by everybody.",
    source: "\(AuditSource.safefile), safedirpath",
    reason: """
      Whoever may write to a directory can put another in the place of what is in it, and so a \
      socket of theirs in the place of sendmail's. sendmail refuses such a path at any level, \
      sticky or not, whoever owns it, and runs without a control socket.
      """)
  static let socketDirectoryGroupWritable = AuditRuleText(
    .error, "writable by its group",
    "No directory on the way to the control socket may be writable by its group.",
    source: "\(AuditSource.safefile), safedirpath",
    reason: """
      Every member of the group can put a socket of theirs in the place of sendmail's. sendmail \
      refuses such a path at any level, whoever owns it, and runs without a control socket.
      """)
  static let socketDirectoryStickyTrusted = AuditRuleText(
    .warning, "sticky, trusted",
    "DontBlameSendmail=TrustStickyBit lets a directory that everybody may write to be sticky.",
    source: "\(AuditSource.safefile), safedirpath; \(AuditSource.guide), 4.9.2",
    reason: """
      In a sticky directory nobody can remove what belongs to others, but everybody can be there \
      first: after a restart of the machine, or whenever the name is free, somebody else's file may \
      stand where the socket should.
      """)
  static let socketDirectoryGroupTrusted = AuditRuleText(
    .warning, "group, trusted",
    "DontBlameSendmail=GroupWritableDirPathSafe lets a directory be writable by its group.",
    source: "\(AuditSource.safefile), safedirpath; \(AuditSource.guide), 4.9.2",
    reason: """
      sendmail then uses the path, and every member of the group can put a socket of theirs in \
      the place of sendmail's: the group is as powerful as the daemon's owner.
      """)
  static let socketDirectoryOwner = AuditRuleText(
    .error, "owner",
    "Every directory on the way to the control socket belongs to root, TrustedUser or RunAsUser.",
    source: "\(AuditSource.readme)",
    reason: """
      The owner of a directory may write to it at will and so replace all that is below it. \
      sendmail itself does not look at the owners of the directories above the last one, so \
      nobody else will tell.
      """)
  static let socketDirectoryMissing = AuditRuleText(
    .error, "missing", "Every directory on the way to the control socket exists.",
    source: "\(AuditSource.safefile), safedirpath",
    reason: """
      sendmail makes no directories: it runs without a control socket and says so only in its log. \
      Below /run, directories are gone after each restart of the machine.
      """)
  static let socketNotADirectory = AuditRuleText(
    .error, "no directory", "Everything on the way to the control socket is a directory.",
    source: "\(AuditSource.safefile), safefile",
    reason: "sendmail runs without a control socket and says so only in its log.")
  static let socketLinkLoop = AuditRuleText(
    .error, "links in a circle",
    "At most \(PathSafety.mostLinks) symbolic links follow one another on the way to the socket.",
    source: "\(AuditSource.safefile), safedirpath",
    reason: """
      sendmail follows links, and judges what they lead to, but not for ever. It runs without a \
      control socket and says so only in its log.
      """)
  static let socketDirectoryRefuses = AuditRuleText(
    .error, "sendmail may not write",
    "The socket's directory lets the daemon's user write, by its owner, group and mode.",
    source: "\(AuditSource.safefile), safefile",
    reason: """
      sendmail decides by the bits alone, even when it runs as root: the directory must belong to \
      the daemon's user, or, for root, to TrustedUser, or grant the right by its group or to all. \
      Otherwise sendmail runs without a control socket.
      """)
}

/// The rules of what stands at the path.
extension AuditRuleText {
  static let socketSymbolicLink = AuditRuleText(
    .error, "symbolic link", "What stands at the socket's path is no symbolic link.",
    source: "\(AuditSource.safefile), safefile, SFF_NOSLINK",
    reason: """
      A link could have sendmail remove or open something else. sendmail refuses it and runs \
      without a control socket.
      """)
  static let socketHardLinks = AuditRuleText(
    .error, "hard links", "What stands at the socket's path has one name only.",
    source: "\(AuditSource.safefile), safefile, SFF_NOHLINK",
    reason: """
      A second name is a hold that somebody else has on the file. sendmail refuses it and runs \
      without a control socket. A directory has two names at least.
      """)
  static let socketExecutable = AuditRuleText(
    .error, "executable", "What stands at the socket's path has no execute bit.",
    source: "\(AuditSource.safefile), safefile",
    reason: """
      sendmail refuses files with an execute bit, also a socket that a program left which did not \
      set its mode, and runs without a control socket.
      """)
  static let socketForeignOwner = AuditRuleText(
    .error, "owner",
    "What stands at the socket's path belongs to root, TrustedUser or RunAsUser.",
    source: "\(AuditSource.safefile), safefile, SFF_MUSTOWN",
    reason: """
      Somebody else put it there. sendmail refuses it and runs without a control socket; who \
      listens on it can answer in sendmail's place.
      """)
  static let socketFileRefused = AuditRuleText(
    .error, "not readable and writable",
    "What stands at the socket's path may be read and written by the daemon's user.",
    source: "\(AuditSource.safefile), safefile",
    reason: """
      sendmail decides by the bits alone, even when it runs as root. It refuses the file and runs \
      without a control socket.
      """)
  static let socketNotASocket = AuditRuleText(
    .error, "NOT A SOCKET", "What stands at the socket's path is a socket.",
    source: "\(AuditSource.control), opencontrolsocket",
    reason: """
      sendmail removes whatever stands at the path when it starts, without a word: a file that was \
      named by mistake is lost.
      """)
  static let socketWorldWritable = AuditRuleText(
    .error, "for everybody", "Not everybody may connect to the control socket.",
    source: "\(AuditSource.control), opencontrolsocket",
    reason: """
      Whoever may connect can end the mail system. sendmail sets 0600, Debian's sendmail 0660: \
      somebody has changed it since.
      """)
  static let socketMode = AuditRuleText(
    .warning, "mode",
    "The control socket's mode is 0600 at most, 0660 at most where Debian built sendmail.",
    source: "\(AuditSource.control), opencontrolsocket; Debian's patch to it",
    reason: """
      Whoever may connect can end the mail system. The mode is not what sendmail sets: somebody \
      has changed it since, or the socket is not sendmail's.
      """)
  static let socketOwner = AuditRuleText(
    .warning, "owner",
    "The control socket belongs to RunAsUser, else to TrustedUser, else to root.",
    source: "\(AuditSource.control), opencontrolsocket",
    reason: """
      sendmail gives the socket to that user when it opens it: the configuration has changed since, \
      or the socket is not sendmail's.
      """)
  static let socketGroup = AuditRuleText(
    .warning, "group", "The group that may connect to Debian's control socket is smmsp.",
    source: "Debian's patch to \(AuditSource.control), and its set-group-ID directory",
    reason: """
      Every member of the group can end the mail system. The group is that of the directory when \
      this is set-group-ID, else that of the daemon.
      """)
  static let socketModeUnheeded = AuditRuleText(
    .note, "open", "Where a socket's own mode does not count, its directory is 0700.",
    source: AuditSource.platforms,
    reason: """
      Old Solaris and kernels before 4.4BSD let everybody connect who can reach the socket. Linux \
      and the BSDs of today heed the socket's mode.
      """)
  static let socketNobodyListens = AuditRuleText(
    .warning, "nobody listens", "Somebody listens on a control socket that is there.",
    source: "\(AuditSource.control), closecontrolsocket",
    reason: """
      sendmail removes its socket when it ends: it was killed, or another daemon opened a new \
      socket and ended. A daemon that starts replaces the file when the path is safe.
      """)
}
