// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import Subprocess
internal import SystemPackage
internal import SystemSupport

extension SendmailProgram {
  /// The most that `sendmail -d0.1` may print.
  private static let outputLimit = 64 * 1024

  /// The program at `path` as it was compiled, which `-d0.1` prints before it
  /// finds that `/dev/null` is no configuration file.
  ///
  /// `deadline` is the moment at which the program is ended.
  ///
  /// - Returns: `nil` when it cannot be run, or does not say it in time.
  static func build(of path: FilePath, until deadline: Deadline) async -> SendmailBuild? {
    await withTaskGroup(of: SendmailBuild?.self) { group in
      group.addTask {
        let result = try? await Subprocess.run(
          .path(path), arguments: ["-d0.1", "-bp", "-C", "/dev/null"], input: .none,
          output: .bytes(limit: outputLimit), error: .discarded)
        return result.flatMap { SendmailBuild(printed: Array($0.standardOutput)) }
      }
      group.addTask {
        try? await Task.sleep(for: deadline.timeLeft)
        return nil
      }
      // Cancelling ends the program.
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
  }
}
