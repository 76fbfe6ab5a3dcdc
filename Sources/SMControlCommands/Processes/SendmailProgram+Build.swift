// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl
internal import Subprocess
internal import SystemPackage
internal import SystemSupport

extension SendmailProgram {
  /// The most that `sendmail -d0.1` may print: less than a pipe holds.
  private static let outputLimit = 64 * 1024
  /// The time that it has to print it.
  private static let timeToAnswer = Duration.seconds(5)

  /// The program at `path` as it was compiled, which `-d0.1` prints before it finds that `/dev/null` is no
  /// configuration file.
  ///
  /// `interruption` ends it when a signal comes; `nil` for none.
  ///
  /// - Returns: `nil` when it cannot be run, or does not say it in time.
  static func build(of path: FilePath, interruption: Interruption?) async -> SendmailBuild? {
    guard let (readEnd, writeEnd) = try? FileDescriptor.pipe() else { return nil }
    defer { try? readEnd.close() }
    _ = fcntl(readEnd.rawValue, F_SETFD, FD_CLOEXEC)
    // What it has started may keep the pipe open.
    _ = fcntl(readEnd.rawValue, F_SETFL, O_RDONLY | O_NONBLOCK)
    let program = SendmailProgram(
      path: path, arguments: ["-d0.1", "-bp", "-C", "/dev/null"].map { Array($0.utf8) })
    // Where the host has no full name, it says so much and then sleeps for a minute. It may be ended then.
    _ = try? await program.run(
      until: Deadline(after: timeToAnswer), interruption: interruption,
      output: .fileDescriptor(writeEnd, closeAfterSpawningProcess: true), error: .discarded)
    var printed: [UInt8] = []
    while printed.count < outputLimit,
      let piece = try? readEnd.readOnce(atMost: outputLimit - printed.count), !piece.isEmpty
    {
      printed += piece
    }
    return SendmailBuild(printed: printed)
  }
}
