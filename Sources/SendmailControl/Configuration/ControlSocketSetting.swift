// SPDX-License-Identifier: Apache-2.0

/// The value of `ControlSocketName`, checked.
package enum ControlSocketSetting: Sendable, Hashable {
  /// Not set, or empty: the daemon has no control socket.
  case unset
  /// A socket the daemon can open.
  case socket(ControlSocketPath)
  /// A name longer than a socket address holds: the daemon runs without.
  case tooLong(ControlSocketPath)

  /// The path, whether or not it fits.
  package var path: ControlSocketPath? {
    switch self {
    case .unset: nil
    case .socket(let path), .tooLong(let path): path
    }
  }
}

/// The name of the control socket and what it is relative to.
package struct ControlSocketPath: Sendable, Hashable {
  /// The name as the daemon uses it, macros as internal bytes. It must fit into
  /// ``ControlLimits/longestSocketPath`` bytes.
  package var name: [UInt8]
  /// The directory a relative name is relative to, before symbolic links.
  package var base: [UInt8]

  /// A socket `name` seen from the directory `base`.
  package init(name: [UInt8], base: [UInt8]) {
    self.name = name
    self.base = base
  }

  /// True if the name begins with `/`.
  package var isAbsolute: Bool { name.first == ASCII.slash }

  /// The name joined to its base. It may be longer than a socket address holds although the name is
  /// not; it is relative only when the base is.
  package var absolute: [UInt8] {
    if isAbsolute || base.isEmpty { return name }
    return base.last == ASCII.slash ? base + name : base + [ASCII.slash] + name
  }

  /// The directory and the last component of ``absolute``; the directory still has its `.` and `..`.
  package var split: (directory: [UInt8], file: [UInt8]) {
    let path = absolute
    guard let slash = path.lastIndex(of: ASCII.slash) else { return (Array(".".utf8), path) }
    return (slash == 0 ? [ASCII.slash] : Array(path[..<slash]), Array(path[(slash + 1)...]))
  }
}

extension SendmailConfiguration {
  /// The control socket by the options in force; the file system is not read.
  package var controlSocket: ControlSocketSetting {
    guard let name = setting(.controlSocketName)?.value, !name.isEmpty else { return .unset }
    let path = ControlSocketPath(name: name, base: baseQueueDirectory.path)
    return name.count > ControlLimits.longestSocketPath ? .tooLong(path) : .socket(path)
  }
}
