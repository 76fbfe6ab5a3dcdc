// SPDX-License-Identifier: Apache-2.0

/// A command that sendmail's control socket knows (sendmail 8.17, `control.c`).
public enum ControlCommand: String, Sendable, Hashable, CaseIterable {
  case help
  case restart
  case shutdown
  case status
  case mstat
  case memdump

  /// The command that `word` names, compared without case and never abbreviated, or `nil`.
  package init?(word: some Collection<UInt8>) {
    let command = Self.allCases.first { command in
      command.rawValue.utf8.elementsEqual(word.lazy.map(ASCII.lowercased))
    }
    guard let command else { return nil }
    self = command
  }

  /// The first version of sendmail that knows the command (sendmail's RELEASE_NOTES). The control socket
  /// itself came with 8.10.
  package var firstVersion: String {
    switch self {
    case .help, .restart, .shutdown, .status: "8.10"
    case .memdump: "8.12"
    case .mstat: "8.14"
    }
  }

  /// The command as it goes over the wire, line end included.
  package var requestBytes: [UInt8] { Array(rawValue.utf8) + [ASCII.lineFeed] }
}
