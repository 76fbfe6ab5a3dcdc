// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

/// The examples of docs/libraries.md and of the library's article, run. The last test compares the texts.
@Suite(.timeLimit(.minutes(5))) struct ExampleTests {
  private enum Health { case answering, hanging, down }

  /// A checker such as the examples test: it finds the socket in sendmail.cf and asks for the status.
  private func check(_ configurationFile: FilePath) async -> Health {
    let contents = FileManager.default.contents(atPath: configurationFile.string) ?? Data()
    let configuration = SendmailConfiguration(
      parsing: Array(contents), file: configurationFile.string)
    guard let socket = configuration.controlSocket.path,
      let client = try? StepwiseClient(FilePath(String(decoding: socket.name, as: UTF8.self)))
    else { return .down }
    let reply = try? await client.onThread { client in
      client.setPatience(1)
      try client.send(Array("status\n".utf8))
      return client.receive()
    }
    switch reply?.end {
    case .endOfFile: return .answering
    case .silence: return .hanging
    default: return .down
    }
  }

  @Test("README's example")

  func readmeSExample() async throws {
    try await withControlDaemon { daemon in
      daemon.update { state in
        state.maximumChildren = 10
        state.addChild(.smtpServer(peer: "192.0.2.1"))
      }
      #expect(await check(daemon.configurationFile) == .answering)
      let request = try await daemon.nextRequest()
      try await daemon.withFault(.silence, connections: 1) {
        #expect(await check(daemon.configurationFile) == .hanging)
      }
      #expect(request.command == .status)
    }
  }

  @Test("A fault for one connection")

  func aFaultForOneConnection() async throws {
    try await withControlDaemon { daemon in
      try await daemon.withFault(.silence, connections: 1) {
        #expect(await check(daemon.configurationFile) == .hanging)
        #expect(await check(daemon.configurationFile) == .answering)
      }
    }
  }

  @Test("What was asked")

  func whatWasAsked() async throws {
    try await withControlDaemon { daemon in
      _ = await check(daemon.configurationFile)
      let request = try await daemon.nextRequest()
      #expect(request.command == .status)
    }
  }

  @Test("Children")

  func children() async throws {
    try await withControlDaemon { daemon in
      let child = daemon.update { $0.addChild(.smtpServer(peer: "192.0.2.1")) }
      #expect(await check(daemon.configurationFile) == .answering)
      daemon.update { $0.removeChild(child) }
    }
  }

  /// The lines of `text` that are code, without their indentation.
  private static func code(_ text: some StringProtocol) -> [String] {
    text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty && !$0.hasPrefix("//") && !$0.hasPrefix("import ") }
  }

  @Test(
    "The examples are those that are run here",
    arguments: [
      "docs/libraries.md",
      "Sources/SendmailControlDaemon/SendmailControlDaemon.docc/TestingWithFaults.md",
    ])
  func theExamplesAreThose(file: String) throws {
    let text = try String(contentsOfFile: ProjectFiles.file(file).string, encoding: .utf8)
    let here = Self.code(try String(contentsOfFile: #filePath, encoding: .utf8))
    let examples = text.matches(of: /```swift\n((?s).*?)```/).map { Self.code($0.output.1) }
      .filter { $0.contains { $0.contains("withControlDaemon") } }
    #expect(!examples.isEmpty)
    for example in examples {
      // In the same order; where an example has a comment, there is a line here.
      var rest = here[...]
      for line in example {
        let place = rest.firstIndex(of: line)
        #expect(place != nil, "\(line)")
        rest = rest[(place.map { $0 + 1 } ?? rest.endIndex)...]
      }
    }
  }
}
