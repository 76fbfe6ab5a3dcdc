// SPDX-License-Identifier: Apache-2.0

/// The search of the mail log for the line in which a daemon says why it has no control socket.
package enum LogSearch: Sendable, Equatable {
  /// The line, and the file that it is in.
  case found(line: [UInt8], file: [UInt8])
  /// No file that was searched has such a line.
  case absent
  /// A file could not be read, and no other has such a line.
  case unreadable(file: [UInt8], reason: String)

  /// The beginning of the message (`opencontrolsocket` in sendmail's `control.c`).
  package static let message = "daemon could not open control socket"

  /// Returns the last line of `log` in which the process `pid` says it; `nil` without one.
  ///
  /// `log` is a log, the first line of which may lack its beginning. Each line names its process in
  /// brackets, as in `sm-mta[12]: daemon could ...`.
  package static func line(of pid: Int32, in log: [UInt8]) -> [UInt8]? {
    let process = Array("[\(pid)]: ".utf8)
    let message = Array(message.utf8)
    var end = log.endIndex
    while end > log.startIndex {
      let start = log[..<end].lastIndex(of: ASCII.lineFeed).map { $0 + 1 } ?? log.startIndex
      let line = log[start..<end]
      if let name = line.firstRange(of: process),
        line[name.upperBound...].firstRange(of: message) != nil
      {
        return Array(line)
      }
      end = start - 1
    }
    return nil
  }

  /// The result in words, for the diagnosis of a missing reply.
  var text: String {
    switch self {
    case .found(let line, let file):
      "\(TerminalEscaping.escape(file)): \(TerminalEscaping.escape(line))"
    case .absent:
      """
      no mail log has its message "\(Self.message)", which says why; the journal may have it: \
      journalctl -g "control socket"
      """
    case .unreadable(let file, let reason):
      """
      \(TerminalEscaping.escape(file)): \(reason); if the daemon refused the path, the log says why: \
      "\(Self.message)"
      """
    }
  }
}
