// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// Agreement with real sendmail on whole configurations and on every message about options.
@Suite struct OtherFileTests {
  /// The machine on which the `.expected` files were made.
  private static let accounts: TestMachine = {
    var machine = TestMachine()
    machine.users = ["mail": UserNumbers(userID: 8, groupID: 8)]
    machine.groups = ["mail": 8]
    return machine
  }()

  private static func file(_ name: String) throws -> ConfigurationCase {
    try #require(ConfigurationCase.all(in: "ConfigurationFiles").first { $0.name == name })
  }

  @Test("Messages", arguments: ["debian-sendmail", "debian-submit", "errors"])
  func messages(_ name: String) throws {
    let item = try Self.file(name)
    let configuration = item.configuration(accounts: Self.accounts)
    let messages = configuration.diagnostics.map {
      ConfigurationValueText.escaped($0.sendmailText(file: configuration.file).utf8)
    }
    #expect(messages == item.facts["oracle-message"] ?? [])
  }

  @Test("Options of debian", arguments: ["debian-sendmail", "debian-submit"])
  func optionsOfDebian(_ name: String) throws {
    let item = try Self.file(name)
    let configuration = item.configuration(accounts: Self.accounts)
    let values = ConfigurationValueText(configuration)
    let set = configuration.entries.filter { $0.origin != .builtIn }
      .map { "\($0.name)=\(values.text(of: $0))" }
    #expect(set.sorted() == item.options.sorted())
    #expect(configuration.level == SendmailConfiguration.currentLevel)
  }

  @Test("Meaning of debians daemon")

  func meaningOfDebiansDaemon() throws {
    let configuration = try Self.file("debian-sendmail").configuration(accounts: .unknown)
    #expect(configuration.diagnostics.isEmpty)
    #expect(configuration.baseQueueDirectory.path == Array("/var/spool/mqueue".utf8))
    #expect(
      configuration.controlSocket.path?.absolute == Array("/var/run/sendmail/mta/smcontrol".utf8))
    #expect(configuration.pidFile.bytes == Array("/var/run/sendmail/mta/sendmail.pid".utf8))
    #expect(configuration.processTitlePrefix == Array("MTA".utf8))
    #expect(configuration.daemonPorts.map(\.name) == [Array("MTA-v4".utf8), Array("MSP-v4".utf8)])
    #expect(configuration.daemonPorts[1].modifiers == Set("Ea".utf8))
    #expect(configuration.minimumFreeBlocks == 100)
    #expect(configuration.dontBlameSendmail.contains(.truststickybit))
    #expect(configuration.dontBlameSendmail.count == 10)
    #expect(configuration.privacyOptions.count == 7)
    #expect(configuration.timeout(.control) == 120)
    #expect(configuration.timeout(.queuewarnUrgent) == 4 * 3600)
    #expect(!configuration.usesMSP)
    #expect(configuration.startup(with: nil, as: .reader).exitStatus == nil)
  }

  @Test("Meaning of debians submission")

  func meaningOfDebiansSubmission() throws {
    let configuration = try Self.file("debian-submit").configuration(accounts: .unknown)
    #expect(configuration.usesMSP)
    #expect(configuration.queueFileMode == 0o660)
    #expect(configuration.queueGroups.map(\.path) == [Array("/var/spool/mqueue-client".utf8)])
  }
}
