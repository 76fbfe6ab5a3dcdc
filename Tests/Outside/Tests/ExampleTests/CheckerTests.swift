// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SendmailControlClient
import SendmailControlDaemon
import SystemPackage
import Testing

// The article "Checking a daemon".

func check(_ configurationFile: FilePath? = nil) async -> (exitCode: Int32, text: String) {
  do throws(ControlError) {
    let status = try await ControlClient(ControlSocket(configuration: configurationFile)).status()
    guard let daemon = status.daemon else { return (3, "the daemon is not in its own list") }
    let text = "\(daemon.title), \(status.childCount) children"
    return (daemon.condition == .accepting ? 0 : 1, text)
  } catch {
    return (error.meaning == .notAllowed ? 3 : 2, "\(error)")
  }
}

@Suite("Checking a daemon")
struct CheckerTests {
  @Test("A daemon that accepts, one that rejects, one that is gone")
  func states() async throws {
    try await withControlDaemon { daemon in
      let file = daemon.configurationFile
      #expect(await check(file) == (0, "accepting connections, 0 children"))
      daemon.update { $0.title = "rejecting new messages: min free: 100" }
      #expect(await check(file).exitCode == 1)
      await daemon.shutdown()
      #expect(await check(file).exitCode == 2)
    }
  }

  @Test("A restart")
  func restart() async throws {
    try await withControlDaemon { daemon in
      let client = ControlClient(ControlSocket(path: daemon.socketPath))
      let restarted = try await client.restart().completed(within: .seconds(90))
      print("no one could connect for \(restarted.unreachable)")
      #expect(await check(daemon.configurationFile).exitCode == 0)
    }
  }
}

/// The first example of docs/libraries.md. It asks the daemon of this machine, so that it is compiled and not run.
func statusOfThisMachine() async throws {
  let status = try await ControlClient(ControlSocket()).status()
  print(status.daemon?.title ?? "unknown", status.childCount)
  for child in status.children { print(child.pid, child.text) }
}
