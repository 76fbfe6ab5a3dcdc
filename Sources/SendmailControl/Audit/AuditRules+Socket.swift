// SPDX-License-Identifier: Apache-2.0

/// The rules about the control socket's path.
extension AuditRule {
  package static let socketNotSet = AuditRule(
    "socket.not-set", .warning, label: "not set",
    requirement: "ControlSocketName must name the daemon's control socket.",
    source: "\(Source.guide), 5.6, ControlSocketName",
    reason: """
      Without it the daemon cannot be queried, or restarted and shut down in an orderly way; only \
      signals and the log remain.
      """)
  package static let socketUnused = AuditRule(
    "socket.unused", .note, label: "unused",
    requirement: "The mail submission program opens no control socket.",
    source: Source.control,
    reason: """
      Only a daemon opens the socket that ControlSocketName names. In submit.cf the option has no \
      effect, so no other rule is applied to it.
      """)
  package static let socketRelative = AuditRule(
    "socket.relative", .note, label: "relative",
    requirement: "A relative ControlSocketName is relative to the base queue directory.",
    source: "\(Source.queue), setup_queues, and \(Source.safefile)",
    reason: """
      sendmail changes to its base queue directory before it opens the socket. It then checks only \
      the directories that the name itself contains, not those above the queue.
      """)
  package static let socketPathTooLong = AuditRule(
    "socket.path-too-long", .error, label: "too long",
    requirement: "ControlSocketName must have at most \(ControlLimits.longestSocketPath) bytes.",
    source: "\(Source.control), opencontrolsocket",
    reason: """
      A socket address holds no more. sendmail then runs without a control socket and reports it \
      only in its log.
      """)
  package static let socketUnreachable = AuditRule(
    "socket.unreachable", .warning, label: "absolute path too long",
    requirement: """
      The control socket's absolute path must have at most \(ControlLimits.longestSocketPath) bytes.
      """,
    source: "\(Source.control), opencontrolsocket; unix(7)",
    reason: """
      sendmail opens the socket by its short relative name from within the queue directory. A \
      client that uses the absolute path, as smcontrol.pl does, cannot connect to it.
      """)
  package static let socketDirectoryWorldWritable = AuditRule(
    "socket.directory-world-writable", .error, label: "world-writable",
    requirement: "Directories on the control socket's path must not be world-writable.",
    source: "\(Source.safefile), safedirpath",
    reason: """
      Any user who can write to a directory can replace what is in it, and so put another socket \
      in the place of sendmail's. sendmail refuses such a path at any level, sticky or not, \
      for any owner, and runs without a control socket.
      """)
  package static let socketDirectoryGroupWritable = AuditRule(
    "socket.directory-group-writable", .error, label: "group-writable",
    requirement: "Directories on the control socket's path must not be group-writable.",
    source: "\(Source.safefile), safedirpath",
    reason: """
      Every member of the group can put another socket in the place of sendmail's. sendmail \
      refuses such a path at any level, for any owner, and runs without a control socket.
      """)
  package static let socketDirectoryStickyTrusted = AuditRule(
    "socket.directory-sticky-trusted", .warning, label: "sticky, trusted",
    requirement: "The control socket's path must be safe without DontBlameSendmail=TrustStickyBit.",
    source: "\(Source.safefile), safedirpath; \(Source.guide), 4.9.2",
    reason: """
      In a sticky directory users cannot remove each other's files, but anyone can create a file \
      first: after a restart of the machine, or whenever the name is free, another user's file may \
      be where the socket should be.
      """)
  package static let socketDirectoryGroupTrusted = AuditRule(
    "socket.directory-group-trusted", .warning, label: "group, trusted",
    requirement: """
      The control socket's path must be safe without DontBlameSendmail=GroupWritableDirPathSafe.
      """,
    source: "\(Source.safefile), safedirpath; \(Source.guide), 4.9.2",
    reason: """
      With this setting sendmail uses the path, and every member of the group can put another \
      socket in the place of sendmail's: the group is as powerful as the daemon's owner.
      """)
  package static let socketDirectoryOwner = AuditRule(
    "socket.directory-owner", .error, label: "owner",
    requirement: """
      Directories on the control socket's path must belong to root, TrustedUser or RunAsUser.
      """,
    source: Source.readme,
    reason: """
      The owner of a directory can write to it at any time, and so replace everything below it. \
      sendmail itself does not check the owners of the directories above the last one, so nothing \
      else reports this.
      """)
  package static let socketDirectoryMissing = AuditRule(
    "socket.directory-missing", .error, label: "missing",
    requirement: "Every directory on the control socket's path must exist.",
    source: "\(Source.safefile), safedirpath",
    reason: """
      sendmail creates no directories: it runs without a control socket and reports it only in its \
      log. Directories below /run are gone after each restart of the machine.
      """)
  package static let socketNotADirectory = AuditRule(
    "socket.not-a-directory", .error, label: "not a directory",
    requirement: "Every component of the control socket's path but the last must be a directory.",
    source: "\(Source.safefile), safefile",
    reason: "Otherwise sendmail runs without a control socket and reports it only in its log.")
  package static let socketLinkLoop = AuditRule(
    "socket.link-loop", .error, label: "link loop",
    requirement: """
      The control socket's path must not lead through more than \(PathSafety.maximumLinks) \
      symbolic links in succession.
      """,
    source: "\(Source.safefile), safedirpath",
    reason: """
      sendmail follows links and checks what they lead to, but only up to this limit. Beyond it \
      sendmail runs without a control socket and reports it only in its log.
      """)
  package static let socketDirectoryRefuses = AuditRule(
    "socket.directory-refuses", .error, label: "not writable by sendmail",
    requirement: """
      The control socket's directory must let the daemon's user write, by its owner, group and mode.
      """,
    source: "\(Source.safefile), safefile",
    reason: """
      sendmail decides by the mode bits alone, even when it runs as root: the directory must \
      belong to the daemon's user or, for root, to TrustedUser, or grant write access to its group \
      or to all users. Otherwise sendmail runs without a control socket.
      """)
}

/// The rules about the file at the control socket's path.
extension AuditRule {
  package static let socketSymbolicLink = AuditRule(
    "socket.symbolic-link", .error, label: "symbolic link",
    requirement: "The file at the control socket's path must not be a symbolic link.",
    source: "\(Source.safefile), safefile, SFF_NOSLINK",
    reason: """
      A link could make sendmail remove or open another file. sendmail refuses it and runs without \
      a control socket.
      """)
  package static let socketHardLinks = AuditRule(
    "socket.hard-links", .error, label: "hard links",
    requirement: "The file at the control socket's path must have only one hard link.",
    source: "\(Source.safefile), safefile, SFF_NOHLINK",
    reason: """
      Through a second link another user may keep access to the file. sendmail refuses it and runs \
      without a control socket. A directory has at least two links.
      """)
  package static let socketExecutable = AuditRule(
    "socket.executable", .error, label: "executable",
    requirement: "The file at the control socket's path must not have an execute bit.",
    source: "\(Source.safefile), safefile",
    reason: """
      sendmail refuses files with an execute bit, including a socket left by a program that did \
      not set its mode, and runs without a control socket.
      """)
  package static let socketForeignOwner = AuditRule(
    "socket.foreign-owner", .error, label: "owner",
    requirement: """
      The file at the control socket's path must belong to root, TrustedUser or RunAsUser.
      """,
    source: "\(Source.safefile), safefile, SFF_MUSTOWN",
    reason: """
      Another user put it there. sendmail refuses it and runs without a control socket; a process \
      that listens on it can answer in sendmail's place.
      """)
  package static let socketFileRefused = AuditRule(
    "socket.file-refused", .error, label: "not readable and writable",
    requirement: """
      The daemon's user must be able to read and write the file at the control socket's path.
      """,
    source: "\(Source.safefile), safefile",
    reason: """
      sendmail decides by the mode bits alone, even when it runs as root. It refuses the file and \
      runs without a control socket.
      """)
  package static let socketNotASocket = AuditRule(
    "socket.not-a-socket", .error, label: "NOT A SOCKET",
    requirement: "An existing file at the control socket's path must be a socket.",
    source: "\(Source.control), opencontrolsocket",
    reason: """
      When sendmail starts, it removes whatever is at the path without a message: a file that was \
      named by mistake is lost.
      """)
  package static let socketWorldWritable = AuditRule(
    "socket.world-writable", .error, label: "world-writable",
    requirement: "The control socket must not be world-writable.",
    source: "\(Source.control), opencontrolsocket",
    reason: """
      Any user who can connect can shut down the mail system. sendmail sets mode 0600, Debian's \
      sendmail 0660: the mode has been changed since.
      """)
  package static let socketMode = AuditRule(
    "socket.mode", .warning, label: "mode",
    requirement: """
      The control socket's mode must be at most 0600, or at most 0660 where Debian built sendmail.
      """,
    source: "\(Source.control), opencontrolsocket; Debian's patch to it",
    reason: """
      Any user who can connect can shut down the mail system. sendmail does not set this mode: it \
      has been changed since, or the socket is not sendmail's.
      """)
  package static let socketOwner = AuditRule(
    "socket.owner", .warning, label: "owner",
    requirement: """
      The control socket must belong to RunAsUser, or to TrustedUser if RunAsUser is not set, or \
      to root if neither is.
      """,
    source: "\(Source.control), opencontrolsocket",
    reason: """
      sendmail gives the socket to this user when it opens it: the configuration has changed \
      since, or the socket is not sendmail's.
      """)
  package static let socketGroup = AuditRule(
    "socket.group", .warning, label: "group",
    requirement: "The group that may connect to Debian's control socket must be smmsp.",
    source: "Debian's patch to \(Source.control), and its set-group-ID directory",
    reason: """
      Every member of the group can shut down the mail system. The group is that of the directory \
      if the directory is set-group-ID, else that of the daemon.
      """)
  package static let socketModeUnheeded = AuditRule(
    "socket.mode-unheeded", .note, label: "open",
    requirement: "Where a socket's own mode has no effect, its directory must have mode 0700.",
    source: Source.platforms,
    reason: """
      Old Solaris and kernels before 4.4BSD let any user connect who can reach the socket. Linux \
      and current BSDs check the socket's mode.
      """)
  package static let socketNoListener = AuditRule(
    "socket.no-listener", .warning, label: "no listener",
    requirement: "An existing control socket must have a listener.",
    source: "\(Source.control), closecontrolsocket",
    reason: """
      sendmail removes its socket when it exits: it was killed, or another daemon opened a new \
      socket and exited. A daemon that starts replaces the file if the path is safe.
      """)
}
