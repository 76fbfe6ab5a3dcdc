// SPDX-License-Identifier: Apache-2.0

/// The rules about which directories are queues.
extension AuditRule {
  package static let queueNotSet = AuditRule(
    "queue.not-set", .error, label: "not set",
    requirement: "QueueDirectory must be set.",
    source: "\(Source.queue), setup_queues",
    reason: """
      The default is mqueue, relative to the directory that sendmail was started in, often /. A \
      daemon refuses it and exits with 78.
      """)
  package static let queueRelative = AuditRule(
    "queue.relative", .error, label: "relative",
    requirement: "QueueDirectory must be absolute.",
    source: "\(Source.queue), setup_queues; \(Source.book)",
    reason: """
      A relative path is relative to the directory that sendmail was started in, often /: each \
      program that starts sendmail may use a different queue. A daemon refuses it and exits with \
      78.
      """)
  package static let queueMissing = AuditRule(
    "queue.missing", .error, label: "missing",
    requirement: "Every queue directory must exist.",
    source: "\(Source.queue), setup_queues and multiqueue_cache",
    reason: "Otherwise a daemon does not start, and exits with 78.")
  package static let queueNoMatch = AuditRule(
    "queue.no-match", .error, label: "no match",
    requirement: "A pattern in QueueDirectory or in Path= must match a directory.",
    source: "\(Source.queue), multiqueue_cache",
    reason: """
      The * at the end stands for the rest of a directory's name. A daemon that finds no directory \
      does not start, and exits with 78.
      """)
  package static let queueMatchSkipped = AuditRule(
    "queue.match-skipped", .warning, label: "not a directory",
    requirement: "Everything that a queue pattern matches must be a directory or a link to one.",
    source: "\(Source.queue), multiqueue_cache",
    reason: """
      sendmail skips files and dangling links without a message. If this was meant to be a queue, \
      its mail is not delivered.
      """)
  package static let queueGroupOutside = AuditRule(
    "queue.group-outside", .error, label: "outside",
    requirement: "Path= of a queue group must be absolute and below the base queue directory.",
    source: "\(Source.queue), setup_queues",
    reason: """
      The text of the path must begin with that of the base queue directory. Otherwise a daemon \
      does not start, and exits with 78.
      """)
}

/// The rules about a queue directory itself.
extension AuditRule {
  package static let queueRefused = AuditRule(
    "queue.refused", .error, label: "not writable by sendmail",
    requirement: """
      A queue directory must let sendmail's user write, by its owner, group and mode.
      """,
    source: "\(Source.safefile), safefile; libsm/bf.c, bfcommit",
    reason: """
      sendmail decides by the mode bits alone, even when it runs as root. The daemon starts and \
      reports nothing, and no message can be queued: collect: Cannot write, Permission denied.
      """)
  package static let queueOwner = AuditRule(
    "queue.owner", .error, label: "owner",
    requirement: "A queue directory must belong to root, TrustedUser or RunAsUser.",
    source: "\(Source.guide), 1.3.7 and 4.9.1; \(Source.book)",
    reason: """
      Its owner can read, delay, change and add all users' mail. sendmail starts with any owner \
      and reports nothing.
      """)
  package static let queueWritable = AuditRule(
    "queue.writable", .error, label: "writable",
    requirement: "A queue directory must be writable only by its owner.",
    source: "\(Source.guide), 1.3.7; \(Source.readme); CERT, cited in \(Source.book)",
    reason: """
      Any other user who can write to it can remove and replace queue files, which are all users' \
      mail, and add messages that sendmail takes for its own. sendmail starts with any mode and \
      reports nothing.
      """)
  package static let queueOpen = AuditRule(
    "queue.open", .warning, label: "open",
    requirement: "A queue directory must let only its owner list and enter it: mode 0700.",
    source: "\(Source.guide), 1.3.7; CERT, cited in \(Source.book)",
    reason: """
      Other users can see how much mail there is and, if a queue file's mode is too permissive, \
      read it; they can also lock files that they can open. sendmail starts with any mode and \
      reports nothing. Programs of aliases and .forward files run as the recipient or as \
      DefaultUser: in the directories of their mailer's D= equate, which is $z:/ for the prog mailer \
      of sendmail's .mc files (LOCAL_SHELL_DIR), so that mode 0700 does not affect them. Without D= \
      they run in the queue directory, and shells such as csh refuse a directory that they cannot read.
      """)
  package static let queueParentOwner = AuditRule(
    "queue.parent-owner", .error, label: "owner",
    requirement: "Every directory above a queue must belong to root.",
    source: "\(Source.readme); \(Source.book)",
    reason: "Its owner can replace the queue with another directory.")
  package static let queueParentWritable = AuditRule(
    "queue.parent-writable", .error, label: "writable",
    requirement: "Every directory above a queue must be writable only by root.",
    source: "\(Source.readme); \(Source.book)",
    reason: """
      Any other user who can write to it can replace the queue with another directory, and so read \
      and replace all users' mail.
      """)
  package static let queueParentSticky = AuditRule(
    "queue.parent-sticky", .warning, label: "writable, sticky",
    requirement: "Every directory above a queue must be writable only by root, even if sticky.",
    source: "\(Source.readme); \(Source.book)",
    reason: """
      The sticky bit keeps other users from moving a directory that exists, but when it is missing, \
      as after a clean-up or a restart of the machine, the first user to create it owns the queue.
      """)
  package static let queueBaseShared = AuditRule(
    "queue.base-shared", .warning, label: "shared",
    requirement: "The base queue directory must be used only for queues.",
    source: "\(Source.queue), setup_queues; \(Source.book)",
    reason: """
      The base is the part of the pattern before the last /. sendmail works in it: core files that \
      contain mail, a relative control socket and relative files are created among the files of \
      others, and the directory cannot be closed to other users.
      """)
  package static let queueDebianScheme = AuditRule(
    "queue.debian-scheme", .note, label: "Debian",
    requirement: "Debian's queue belongs to smmta, group smmsp, mode 2750.",
    source: "Debian's update_sys",
    reason: """
      It differs from the documentation so that mailq, which is set-group-ID smmsp, can read the \
      queue. Only smmta may write, and only members of smmsp may read: this is safe as long as the \
      group has no members. sendmail run by root needs TrustedUser=smmta to write there.
      """)
  package static let queueCoreFiles = AuditRule(
    "queue.core-files", .note, label: "base",
    requirement: "sendmail works in the base queue directory and leaves its core files there.",
    source: "\(Source.guide), 5.6, QueueDirectory",
    reason: """
      A core file contains sendmail's memory: mail, and keys. It is safe in a directory that only \
      sendmail's user may enter.
      """)
  package static let queueRelativeOption = AuditRule(
    "queue.relative-option", .note, label: "base",
    requirement: "A relative path in an option is relative to the base queue directory.",
    source: "\(Source.guide), 5.6; \(Source.book)",
    reason: """
      sendmail opens the file after it has changed to that directory, so the file is among the \
      queues and must not look like a queue file.
      """)
}

/// The rule about directories beside queues.
extension AuditRule {
  package static let queueOtherDirectory = AuditRule(
    "queue.other-directory", .warning, label: "open",
    requirement: """
      Directories in the base queue directory that are not queues must have mode 0700 where users can \
      enter the base.
      """,
    source: "\(Source.guide), 1.3.7",
    reason: """
      A queue that was moved aside still contains mail, and the host status names the hosts that mail is \
      sent to.
      """)
}

/// The rules about what queues and their file systems hold.
extension AuditRule {
  package static let queueStrayMessages = AuditRule(
    "queue.stray-messages", .warning, label: "messages",
    requirement: "Messages must be in a queue directory.",
    source: "\(Source.queue), setup_queues and multiqueue_cache",
    reason: """
      When QueueDirectory becomes a pattern, or a queue is moved aside, its messages stay where they are. \
      Neither sendmail nor mailq looks there, and nothing tells their senders.
      """)
  package static let queueFileSystem = AuditRule(
    "queue.file-system", .error, label: "full or read-only",
    requirement: "A queue's file system must be writable, with free space and free inodes.",
    source: "\(Source.queue), queueup; sendmail/collect.c; sendmail/conf.c, enoughdiskspace",
    reason: """
      Otherwise sendmail accepts connections and no message: 452 Insufficient disk space, or 421 \
      collect: Cannot write. Its senders try again until they give up.
      """)
}

/// The rules about the mail submission program's queue.
extension AuditRule {
  package static let clientQueueNotMSP = AuditRule(
    "client-queue.not-msp", .warning, label: "UseMSP",
    requirement: "UseMSP must be set in submit.cf.",
    source: Source.security,
    reason: """
      Without it sendmail complains about the modes of its own queue files when it runs the queue.
      """)
  package static let clientQueueOthers = AuditRule(
    "client-queue.others", .error, label: "others",
    requirement: "Users other than its owner and group must have no access to the client queue.",
    source: "\(Source.security); \(Source.guide), 1.3.8",
    reason: """
      Other users could read the mail that users submit or, with write access, remove and replace \
      it. sendmail logs dangerous permissions for it, and continues.
      """)
  package static let clientQueueOwner = AuditRule(
    "client-queue.owner", .error, label: "owner",
    requirement: "The client queue must belong to RunAsUser, which is smmsp.",
    source: "\(Source.security); \(Source.guide), 1.3.8",
    reason: """
      The program that runs this queue does so as that user; another owner can read and change \
      what users submit.
      """)
  package static let clientQueueGroup = AuditRule(
    "client-queue.group", .error, label: "group",
    requirement: "The client queue's group must be RunAsUser's, smmsp, and have full access.",
    source: "\(Source.security); \(Source.guide), 1.3.8",
    reason: """
      Users' mail gets there because sendmail is set-group-ID to that group. With another group, \
      or without its access, no ordinary user can submit mail when the daemon does not answer.
      """)
  package static let clientQueueFileMode = AuditRule(
    "client-queue.file-mode", .warning, label: "QueueFileMode",
    requirement: "QueueFileMode must be 0660 in submit.cf.",
    source: Source.security,
    reason: """
      Queue files belong to the user who submitted the mail. Only through their group can the \
      program that runs the queue read them.
      """)
}
