// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

/// The commands of README and docs, run on a host of a test's own.
@Suite("The guides")
struct GuideTests {
  /// The documents, but the tutorial, which has a test of its own.
  static let documents =
    ["README.md"]
    + (FileManager.default.subpaths(atPath: ProjectFiles.file("docs").string) ?? [])
    .filter { $0.hasSuffix(".md") && $0 != "first-incident.md" }.map { "docs/\($0)" }.sorted()

  /// The reasons for the commands that are not run here, by the beginning of the command.
  static let notRun = [
    "make deb &&": "PackageInstallationTests installs the packages",
    "make && sudo make install": "InstallTests installs the programs",
    "make demo": "DemoTests runs it",
    "make test": "it runs this test",
    "define(`confCONTROL_SOCKET_NAME'": "it is a line of sendmail.mc, not a command",
    "smcontrol config --check && systemctl restart": "it restarts the sendmail of this machine",
    ".package(path:": "it is a line of Package.swift; make examples compiles it",
    "usermod ": "it changes the users of this machine",
    "sudo smcontrol --read-only": "it needs a sudoers file; ReadOnlyTests run the command",
    "systemctl restart zabbix-agent": "there is no agent of Zabbix",
    "sudo -u zabbix zabbix_agentd -t": "RealMonitoringSystemTests run the agent of Zabbix",
    "systemctl restart nagios-nrpe-server": "there is no service of NRPE",
    "/usr/lib/nagios/plugins/check_nrpe": "RealMonitoringSystemTests run it",
    "icinga2 daemon -C": "RealMonitoringSystemTests run it",
    "systemctl reload icinga2": "there is no service of Icinga",
    "systemctl daemon-reload": "there is no systemd; MonitoringFileTests verify the units",
    "systemctl enable --now smcontrol-textfile.timer": "the same",
    "promtool ": "RealPrometheusTests run it",
  ]

  @Test("Every command succeeds, with the output that is shown", arguments: documents)
  func commands(document: String) async throws {
    var session = try Self.session(document)
    _ = session.remove(Array(Self.notRun.keys))
    let place = try GuidePlace()
    let results = try await place.withDaemon {
      try await session.run(
        in: place.root.path, replacing: place.replacements,
        environment: ["SMCONTROL_CF": place.configurationFile.string])
    }
    try #require(results.count == session.steps.count, "\(document): \(results)")
    for (step, result) in zip(session.steps, results) {
      let statuses = Self.statuses(of: step.command)
      #expect(
        result.status.map(statuses.contains) == true,
        """
        \(document): \(step.command): exit status \(result.status ?? -1): correct it, or list it with a \
        reason in GuideTests.notRun
        \(result.output)
        """)
      guard let output = step.output else { continue }
      #expect(
        ShownOutput.matches(output, result.output), "\(document): \(step.command)\n\(result.output)"
      )
    }
  }

  /// The exit statuses of `command` that are no failure of the guide.
  private static func statuses(of command: String) -> Set<Int32> {
    // The host is no model of safety, and not everything can be read by an ordinary user.
    if command.contains("smcontrol audit") { return [0, 1, 77] }
    if command.contains("smcontrol check") { return [0, 1, 2, 3] }
    return [0]
  }

  @Test("Every command that is not run is in a document")
  func reasons() throws {
    var unused = Set(Self.notRun.keys)
    for document in Self.documents {
      var session = try Self.session(document)
      unused.formIntersection(session.remove(Array(Self.notRun.keys)))
    }
    #expect(unused == [])
  }

  @Test("sudo reads the sudoers file of the guide", .enabled { SudoersTests.hasSudo() })
  func sudoers() async throws {
    let text = try Self.text("docs/how-to/sudo.md")
    let block = try #require(
      text.firstMatch(of: /```\n(# \/etc\/sudoers\.d\/smcontrol\n(?s).*?)```/))
    let outcome = try await ProcessRunner.run(
      "/usr/sbin/visudo", ["-c", "-f", "-"], input: Array(block.output.1.utf8))
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errorOutput)")
  }

  private static func text(_ document: String) throws -> String {
    try String(contentsOfFile: ProjectFiles.file(document).string, encoding: .utf8)
  }

  private static func session(_ document: String) throws -> DocumentSession {
    DocumentSession(document: try text(document))
  }

  @Test("Every kind of block is read as what it is")
  func blocks() {
    let text = """
      Text
      ```sh
      first
      case $? in
        0) ;;
      esac
      ```
      ```
      no command
      ```
      ```sh
      second
      third
      ```

          fourth

          # /etc/file
          no command

      - item
          no command

      ```console
      $ fifth
      output
      ```

      """
    let steps = DocumentSession(document: text).steps
    #expect(
      steps.map(\.command) == [
        "first\ncase $? in\n  0) ;;\nesac", "second", "third", "fourth", "fifth",
      ])
    #expect(steps.map(\.output) == [nil, nil, nil, nil, ["output"]])
  }
}
