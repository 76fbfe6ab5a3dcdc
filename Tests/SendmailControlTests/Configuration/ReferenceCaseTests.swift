// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// Agreement with real sendmail on every file of Data/Configuration.
@Suite struct ReferenceCaseTests {
  @Test("There are cases")
  func thereAreCases() throws {
    #expect(try ConfigurationCase.reference.count == 131)
  }

  @Test("Options in force", arguments: try ConfigurationCase.reference)
  func optionsInForce(_ item: ConfigurationCase) {
    let resolved = ResolvedConfiguration(item.configuration(), in: TestMachine.reference)
    let queues = QueueDirectories(of: resolved.configuration, in: TestMachine.reference)
    let lines = ConfigurationReport(resolved, queues: queues).classic.split(separator: "\n").map(
      String.init)
    for option in item.options { #expect(lines.contains(option)) }
    // sendmail's trace shows old forms that set several options under one name only.
    let derived = ["Timeout.mail", "Timeout.rcpt", "Timeout.data", "Timeout.command", "MaxMessage"]
    let names = Set(item.options.map { String($0.prefix { $0 != "=" }) })
    for entry in resolved.configuration.entries where entry.origin != .builtIn {
      guard !derived.contains(where: entry.name.hasPrefix) else { continue }
      #expect(names.contains(entry.name))
    }
  }

  @Test("Socket and directory", arguments: try ConfigurationCase.reference)
  func socketAndDirectory(_ item: ConfigurationCase) {
    let configuration = item.configuration()
    let resolved = ResolvedConfiguration(configuration, in: TestMachine.reference)
    if let directory = item.facts["cwd"]?.first {
      #expect(ConfigurationValueText.escaped(resolved.baseQueueDirectory) == directory)
    }
    if let owner = item.facts["socket-owner"]?.first {
      let runAs = configuration.runAsUser?.userID ?? 0
      let user = runAs == 0 ? configuration.trustedUserID : runAs
      #expect(owner.hasPrefix("\(user):"))
    }
    guard let socket = item.facts["socket-file"]?.first else { return }
    guard socket == "(none)" else {
      #expect(resolved.controlSocket.map { ConfigurationValueText.escaped($0) } == socket)
      return
    }
    // Without a socket there is no name, too long a one, or no directory to put it in.
    if case .socket(let path) = configuration.controlSocket {
      #expect(TestMachine.reference.realPath(of: path.split.directory) == nil)
    }
  }

  @Test("Daemon exit", arguments: try ConfigurationCase.reference)
  func daemonExit(_ item: ConfigurationCase) {
    let configuration = item.configuration()
    let queues = QueueDirectories(of: configuration, in: TestMachine.reference)
    let code = configuration.startup(with: queues, as: .reader).exitStatus
    #expect(code == item.facts["daemon-exit"]?.first.flatMap { Int32($0) })
  }

  @Test("Messages", arguments: try ConfigurationCase.reference)
  func messages(_ item: ConfigurationCase) {
    let configuration = item.configuration()
    // Where a message has several lines the case has the first.
    let messages = configuration.diagnostics.map {
      let text = $0.sendmailText(file: configuration.file).prefix { $0 != "\n" }
      return ConfigurationValueText.escaped(text.utf8)
    }
    // Tracing has left the beginning of a line of its own before one message.
    let expected = (item.facts["oracle-message"] ?? []).map {
      $0.hasPrefix("settimeout(")
        ? String($0[($0.firstIndex(of: ")") ?? $0.startIndex)...].dropFirst()) : $0
    }
    #expect(messages == expected)
  }

  @Test("Messages of a daemon", arguments: try ConfigurationCase.reference)
  func messagesOfADaemon(_ item: ConfigurationCase) {
    guard let output = item.facts["stderr"]?.joined(separator: "\n") else { return }
    let configuration = item.configuration(file: "/etc/mail/case.cf")
    let queues = QueueDirectories(of: configuration, in: TestMachine.reference)
    // Of a relative queue directory sendmail first says whether it was started beside it.
    let isKnown = queues.baseState != nil || queues.base.problem != nil
    for diagnostic in isKnown
      ? configuration.diagnostics(with: queues) : configuration.diagnostics
    where diagnostic.place != .configuration || diagnostic.effect != .warning {
      let lines = diagnostic.sendmailText(file: configuration.file).split(separator: "\n")
      for line in lines {
        let shown = ConfigurationValueText.escaped(line.utf8)
        #expect(output.contains(shown) || output.contains(line))
      }
    }
  }
}
