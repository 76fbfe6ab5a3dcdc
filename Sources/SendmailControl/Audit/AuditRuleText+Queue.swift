// SPDX-License-Identifier: GPL-3.0-or-later

/// The rules of which directories are queues.
extension AuditRuleText {
  static let queueNotSet = AuditRuleText(
    .error, "not set", "QueueDirectory is set.",
    source: "\(AuditSource.queue), setup_queues",
    reason: """
      Its default is mqueue, relative to wherever sendmail was started, often /. A daemon refuses \
      it and exits with 78.
      """)
  static let queueRelative = AuditRuleText(
    .error, "relative", "QueueDirectory is absolute.",
    source: "\(AuditSource.queue), setup_queues; \(AuditSource.book)",
    reason: """
      A relative directory is relative to wherever sendmail was started, often /: each program that \
      starts it may mean another queue. A daemon refuses it and exits with 78.
      """)
  static let queueMissing = AuditRuleText(
    .error, "missing", "Every queue directory exists.",
    source: "\(AuditSource.queue), setup_queues and multiqueue_cache",
    reason: "A daemon does not start without, and exits with 78.")
  static let queueNoMatch = AuditRuleText(
    .error, "no match", "A pattern in QueueDirectory or in Path= matches a directory.",
    source: "\(AuditSource.queue), multiqueue_cache",
    reason: """
      The * at the end stands for the rest of the names of directories. A daemon that finds none \
      does not start, and exits with 78.
      """)
  static let queueMatchSkipped = AuditRuleText(
    .warning, "no directory", "What a pattern matches is a directory or a link to one.",
    source: "\(AuditSource.queue), multiqueue_cache",
    reason: """
      sendmail passes over files and over links that lead nowhere without a word. When this was \
      meant to be a queue, its mail is not delivered.
      """)
  static let queueGroupOutside = AuditRuleText(
    .error, "outside", "Path= of a queue group is absolute and below the base queue directory.",
    source: "\(AuditSource.queue), setup_queues",
    reason: """
      The text of the path must begin with that of the base queue directory. A daemon does not \
      start otherwise, and exits with 78.
      """)
}

/// The rules of a queue directory itself.
extension AuditRuleText {
  static let queueRefused = AuditRuleText(
    .error, "sendmail may not write",
    "A queue directory lets sendmail's user write, by its owner, group and mode.",
    source: "\(AuditSource.safefile), safefile; libsm/bf.c, bfcommit",
    reason: """
      sendmail decides by the bits alone, even when it runs as root. The daemon starts and says \
      nothing, and no message can be queued: collect: Cannot write, Permission denied.
      """)
  static let queueOwner = AuditRuleText(
    .error, "owner", "A queue directory belongs to root, TrustedUser or RunAsUser.",
    source: "\(AuditSource.guide), 1.3.7 and 4.9.1; \(AuditSource.book)",
    reason: """
      Its owner can read, hold back, change and add everybody's mail. sendmail starts with any \
      owner and says nothing.
      """)
  static let queueWritable = AuditRuleText(
    .error, "writable", "Only its owner may write to a queue directory.",
    source:
      "\(AuditSource.guide), 1.3.7; \(AuditSource.readme); CERT, as \(AuditSource.book) cites it",
    reason: """
      Who may write to it can remove and replace queue files, which is everybody's mail, and put \
      messages there that sendmail takes for its own. sendmail starts with any mode and says nothing.
      """)
  static let queueOpen = AuditRuleText(
    .warning, "open", "Only its owner may list and enter a queue directory: mode 0700.",
    source: "\(AuditSource.guide), 1.3.7; CERT, as \(AuditSource.book) cites it",
    reason: """
      Others see how much mail there is, and when a queue file's mode is not tight, read it; they \
      can also hold locks on files they can open. sendmail starts with any mode and says nothing.
      """)
  static let queueParentOwner = AuditRuleText(
    .error, "owner", "Every directory above a queue belongs to root.",
    source: "\(AuditSource.readme); \(AuditSource.book)",
    reason: "Its owner can put another directory in the place of the queue.")
  static let queueParentWritable = AuditRuleText(
    .error, "writable", "Every directory above a queue is writable by root alone.",
    source: "\(AuditSource.readme); \(AuditSource.book)",
    reason: """
      Who may write to it can put another directory in the place of the queue, and so read and \
      replace everybody's mail.
      """)
  static let queueParentSticky = AuditRuleText(
    .warning, "writable, sticky", "Every directory above a queue is writable by root alone.",
    source: "\(AuditSource.readme); \(AuditSource.book)",
    reason: """
      The sticky bit keeps others from moving what is there, but whoever is first when it is not, \
      as after a clean-up or a restart of the machine, owns the queue.
      """)
  static let queueBaseShared = AuditRuleText(
    .warning, "shared", "The base queue directory is for queues only.",
    source: "\(AuditSource.queue), setup_queues; \(AuditSource.book)",
    reason: """
      The base is what stands before the last / of the pattern. sendmail works in it: core files \
      with mail in them, a relative control socket and relative files land among things of others, \
      and it cannot be closed to them.
      """)
  static let queueDebianScheme = AuditRuleText(
    .note, "Debian's", "Debian's queue belongs to smmta, group smmsp, mode 2750.",
    source: "Debian's update_sys",
    reason: """
      It differs from the documentation so that mailq, which is set-group-ID smmsp, can read the \
      queue. Nobody but smmta may write, and nobody but members of smmsp may read: no hole, as long \
      as nobody is a member. sendmail run by root needs TrustedUser=smmta to write there.
      """)
  static let queueCoreFiles = AuditRuleText(
    .note, "base", "The base queue directory is where sendmail works and leaves its core files.",
    source: "\(AuditSource.guide), 5.6, QueueDirectory",
    reason: """
      A core file holds what sendmail had in its memory: mail, and keys. It is safe in a directory \
      that only sendmail's user may enter.
      """)
  static let queueRelativeOption = AuditRuleText(
    .note, "base", "A relative path in an option is relative to the base queue directory.",
    source: "\(AuditSource.guide), 5.6; \(AuditSource.book)",
    reason: """
      sendmail opens it after it has changed to that directory, so the file is among the queues, \
      and must not look like a queue file.
      """)
}

/// The rules of the mail submission program's queue.
extension AuditRuleText {
  static let clientQueueNotMSP = AuditRuleText(
    .warning, "UseMSP", "UseMSP is set in submit.cf.",
    source: AuditSource.security,
    reason:
      "Without it sendmail complains of the modes of its own queue files when it runs the queue.")
  static let clientQueueOthers = AuditRuleText(
    .error, "others", "Nobody but owner and group has any right in the client queue.",
    source: "\(AuditSource.security); \(AuditSource.guide), 1.3.8",
    reason: """
      Others could read, or with the right to write remove and replace, the mail that users submit. \
      sendmail logs dangerous permissions for it, and goes on.
      """)
  static let clientQueueOwner = AuditRuleText(
    .error, "owner", "The client queue belongs to RunAsUser, which is smmsp.",
    source: "\(AuditSource.security); \(AuditSource.guide), 1.3.8",
    reason: """
      The program that runs this queue does it as that user; another owner can read and change \
      what users submit.
      """)
  static let clientQueueGroup = AuditRuleText(
    .error, "group", "The client queue's group is RunAsUser's, smmsp, and may do everything there.",
    source: "\(AuditSource.security); \(AuditSource.guide), 1.3.8",
    reason: """
      Users' mail gets there because sendmail is set-group-ID to that group. With another group, or \
      without its rights, no ordinary user can submit mail when the daemon does not answer.
      """)
  static let clientQueueFileMode = AuditRuleText(
    .warning, "QueueFileMode", "QueueFileMode is 0660 in submit.cf.",
    source: AuditSource.security,
    reason: """
      Queue files belong to whoever submitted the mail. Only through their group can the program \
      that runs the queue read them.
      """)
}
