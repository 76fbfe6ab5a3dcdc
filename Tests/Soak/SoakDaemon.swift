// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport

/// This program once more, as the daemon.
final class SoakDaemon: Sendable {
  let socket: FilePath
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  var processID: Int32 { process.processIdentifier }

  /// Starts it, and returns when it listens.
  init(socket: FilePath) throws {
    self.socket = socket
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = ["daemon", "--socket", socket.string]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try expect("ready")
  }

  /// Changes the daemon, and returns when that is done.
  func change(_ change: DaemonChange) throws {
    let line = try JSONEncoder().encode(change) + Data("\n".utf8)
    try input.fileHandleForWriting.write(contentsOf: line)
    try expect("done")
  }

  /// Waits until it has ended after a request or a signal to do so.
  func waitForEnd() -> Int32 {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
    return process.terminationStatus
  }

  private func expect(_ word: String) throws {
    let answer = output.fileHandleForReading.availableData
    guard answer == Data("\(word)\n".utf8) else {
      throw HarnessError("the daemon says \(String(decoding: answer, as: UTF8.self)), not \(word)")
    }
  }
}
