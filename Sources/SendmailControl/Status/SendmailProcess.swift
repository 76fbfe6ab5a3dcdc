// SPDX-License-Identifier: GPL-3.0-or-later

/// The signs by which a process is known to be sendmail's.
public enum SendmailProcess {
  /// Whether the program at this path, or of this name, is `sendmail`, also under a name that a package
  /// gives it: `sendmail.sendmail`, `sendmail-8.18`.
  public static func isProgram(_ path: [UInt8]) -> Bool {
    let name = path[((path.lastIndex(of: ASCII.slash) ?? -1) + 1)...]
    return name.starts(with: "sendmail".utf8)
  }

  /// Whether the title is one that sendmail has given itself.
  public static func isTitle(_ title: [UInt8]) -> Bool {
    title.starts(with: titlePrefix)
  }

  /// What sendmail puts before each title of its own.
  static let titlePrefix = Array("sendmail: ".utf8)
}
