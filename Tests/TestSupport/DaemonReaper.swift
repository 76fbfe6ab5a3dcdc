// SPDX-License-Identifier: GPL-3.0-or-later

internal import Subprocess
internal import SystemPackage

/// A program beside the tests that stops the daemons of tests that have crashed.
final class DaemonReaper: Sendable {
  /// The only one of the process, started when the first daemon is.
  static let shared = Result { try DaemonReaper() }

  /// The program.
  static let program = ProjectFiles.file("Tests/Peers/reaper")

  private let input: InputPipe

  private init() throws {
    // It lives as long as the process, which says no more to it than what `watch` writes.
    let input = try InputPipe(deadline: ContinuousClock.now + .seconds(365 * 86_400))
    self.input = input
    var options = PlatformOptions()
    // A signal for the tests' terminal must not end it together with the tests.
    options.createSession = true
    let configuration = Configuration(executable: .path(Self.program), platformOptions: options)
    Task {
      try await Subprocess.run(
        configuration,
        input: .fileDescriptor(input.readingEnd, closeAfterSpawningProcess: true),
        output: .discarded)
    }
  }

  /// Has everything in `directory` stopped and removed when the tests end, with the shared memory
  /// segment of `key`.
  ///
  /// The pipe may be full until the program has started, which takes one of the threads that tasks
  /// share: none of them may be kept waiting here.
  ///
  /// - Throws: `Errno` when the program is not there to hear of it.
  func watch(_ directory: FilePath, key: Int32?) async throws {
    let line = Array("\(directory) \(key.map(String.init) ?? "-")\n".utf8)
    try await blocking { [input] in try input.send(line) }
  }
}
