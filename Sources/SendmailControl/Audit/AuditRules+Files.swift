// SPDX-License-Identifier: Apache-2.0

/// The rules about files that sendmail reads: classes, maps, aliases, certificates and keys.
extension AuditRule {
  package static let configurationClassFile = AuditRule(
    "configuration.class-file", .error, label: "class file",
    requirement: "sendmail must be able to open every file of an F line.",
    source: "sendmail/readcf.c, fileclass; \(Source.safefile)",
    reason: """
      sendmail reads the words of a class when it starts. A file that is missing, or that others could \
      change, keeps it from starting, unless the line says -o. DontBlameSendmail counts from its own \
      line on.
      """)
  package static let mapMissing = AuditRule(
    "map.missing", .error, label: "no map",
    requirement: "The file of a map must be there, unless the line says -o.",
    source: "sendmail/map.c, openmap; sendmail/alias.c",
    reason: """
      A lookup in a map without a file fails for now. Mail that needs it is neither delivered nor \
      returned: it stays in the queue. Without the file of the aliases that is so for every local \
      address.
      """)
  package static let mapUnsafe = AuditRule(
    "map.unsafe", .error, label: "unsafe map",
    requirement: "The file of a map must be one that only trusted users can change.",
    source: "sendmail/map.c; \(Source.safefile)",
    reason: """
      sendmail does not open a map that others could replace, because a directory on its path can be \
      written by a group or by all users. Each lookup fails for now, and mail that needs it stays in \
      the queue.
      """)
  package static let mapOutOfDate = AuditRule(
    "map.out-of-date", .warning, label: "old map",
    requirement: "The database of a map must be newer than the text it is made of.",
    source: "sendmail/alias.c, aliaswait; sendmail/map.c",
    reason: """
      sendmail reads the database. A change of the text has no effect until newaliases or makemap has \
      been run.
      """)
  package static let tlsNotOffered = AuditRule(
    "tls.not-offered", .error, label: "no STARTTLS",
    requirement: """
      A daemon with a certificate must be able to use it, its key and the certificates of the \
      authorities.
      """,
    source: "sendmail/tls.c, inittls and tls_safe_f",
    reason: """
      Where one of ServerCertFile, ServerKeyFile, CACertFile and CACertPath is not set, or one of the \
      files is missing or unsafe, sendmail writes a line to its log and goes on without STARTTLS: mail \
      arrives in plain text, and authentication may fail.
      """)
}
