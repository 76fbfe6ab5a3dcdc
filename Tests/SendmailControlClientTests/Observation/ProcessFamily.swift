// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport

/// Processes with a common parent, as a daemon and its children are. All but one block on a FIFO, so
/// that they end with the test, however it ends.
struct ProcessFamily {
  /// The parent.
  let parent: Int32
  /// Children that wait: one that has done nothing, and one that has used processor time before.
  let idle: Int32
  let busy: Int32
  /// A child that has ended and that the parent never reaps.
  let zombie: Int32
  /// The title of the waiting processes.
  let title: String

  /// Runs `body` with a family.
  static func run(body: (ProcessFamily) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      let fifo = directory["fifo"]
      guard unsafe mkfifo(fifo.string, 0o600) == 0 else {
        throw HarnessError("mkfifo \(fifo): \(Errno(rawValue: errno))")
      }
      // A writer: as long as there is one, the readers wait.
      let writer = try FileDescriptor.open(fifo, .readWrite, options: .closeOnExec)
      async let parent = ProcessRunner.run(
        "/bin/sh",
        [
          "-c",
          """
          exec 3<"$1"
          cat <&3 & idle=$!
          # Ends when no process is left to reap it.
          (until [ "$(cat /proc/$$/comm)" = cat ]; do :; done) & zombie=$!
          (i=0; while [ $i -lt 300000 ]; do i=$((i + 1)); done; exec cat <&3) & busy=$!
          echo "$$ $idle $busy $zombie" >"$2.new"; mv "$2.new" "$2"
          exec cat <&3
          """, "sh", fifo.string, directory["pids"].string,
        ])
      do {
        defer { try? writer.close() }
        let pids = try await eventually("the family's process ids") {
          FileManager.default.contents(atPath: directory["pids"].string).map {
            String(decoding: $0, as: UTF8.self).split { $0.isWhitespace }.compactMap { Int32($0) }
          }
        }
        guard pids.count == 4 else { throw HarnessError("process ids: \(pids)") }
        try await body(
          ProcessFamily(
            parent: pids[0], idle: pids[1], busy: pids[2], zombie: pids[3],
            title: "cat"))
      }
      _ = try await parent
    }
  }
}
