// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

/// The files for monitoring systems, by Debian's NRPE, Icinga 2 and agent of Zabbix.
@Suite("check by real monitoring systems", .needsMonitoring)
struct RealMonitoringSystemTests {
  /// The text without the numbers, which change from run to run.
  private static func withoutNumbers(_ text: String) -> String {
    text.replacing(/[0-9.]+[a-zA-Z]*/, with: "N")
  }

  // MARK: NRPE

  @Test("NRPE passes on the status, the words and the performance data of each command line")
  func nrpe() async throws {
    let systems = try await RealMonitoring.required()
    let place = try MonitoredPlace()
    let user = try SystemUser.ordinary()
    try user.own(try place.directory.makeDirectory("nrpe"))
    let port = try LoopbackHTTP.unusedPort()
    let commands = try MonitoringFiles.text("nrpe.cfg", for: place)
    let configuration = try place.directory.write(
      """
      log_file=\(place.directory["nrpe/log"])
      pid_file=\(place.directory["nrpe/pid"])
      server_address=127.0.0.1
      server_port=\(port)
      nrpe_user=\(user.name)
      nrpe_group=\(user.groupID)
      allowed_hosts=127.0.0.1
      \(commands)
      """, to: "nrpe.cfg")
    func ask(_ words: String...) async throws -> ProcessOutcome {
      try await ProcessRunner.run(
        systems.checkNRPE, ["-H", "127.0.0.1", "-p", "\(port)", "-t", "60"] + words,
        environment: systems.environment)
    }
    let lines = commands.matches(of: /\ncommand\[([a-z_]+)\]=(.*)/).map {
      (name: String($0.output.1), words: $0.output.2.split(separator: " ").map { String($0) })
    }
    #expect(lines.count >= 7)
    try await RunningProgram.run(
      systems.nrpe, ["-c", configuration.string, "-f"], environment: systems.environment,
      user: user
    ) { program in
      try await eventually("an answer of NRPE") {
        if let ending = program.ending { throw HarnessError("nrpe ended: \(ending)") }
        return try await ask().status == 0
      }
      var statuses: Set<Int32> = []
      func compare(_ line: (name: String, words: [String])) async throws {
        let passedOn = try await ask("-c", line.name)
        let own = try await ProcessRunner.run(
          FilePath(line.words[0]), Array(line.words.dropFirst()), user: user)
        #expect(passedOn.status == own.status, "\(line.name): \(passedOn.output)")
        #expect(
          Self.withoutNumbers(passedOn.output) == Self.withoutNumbers(own.output), "\(line.name)")
        if let status = own.status { statuses.insert(status) }
      }
      try await place.withDaemon(.accepting) {
        for line in lines { try await compare(line) }
        let first = try await ask("-c", "check_sendmail")
        #expect(first.status == 0)
        #expect(
          first.output.firstMatch(of: /^SENDMAIL OK - accepting, oldest .* \| oldest=\d+s;/) != nil)
      }
      // Nothing runs, and nothing can be read.
      try await compare(lines[0])
      try place.setReadable(false)
      for line in lines where line.name == "check_sendmail_queue" { try await compare(line) }
      #expect(statuses.isSuperset(of: [0, 2, 3]))
    }
  }

  // MARK: Icinga

  /// Results that Icinga reports: the name of a service, its state, and the beginning of its output.
  private static let services = [
    (name: "sendmail", state: "OK", output: "SENDMAIL OK - accepting, 3 messages, oldest "),
    (name: "many", state: "WARNING", output: "SENDMAIL WARNING - 3 messages"),
    (name: "old", state: "CRITICAL", output: "SENDMAIL CRITICAL - oldest 2h0"),
    (name: "group", state: "UNKNOWN", output: "SENDMAIL UNKNOWN - messages not known"),
  ]

  @Test("Icinga 2 takes the CheckCommand and the example, and runs the checks")
  func icinga() async throws {
    let systems = try await RealMonitoring.required()
    let place = try MonitoredPlace()
    let user = try SystemUser.ordinary()
    for name in ["icinga", "icinga/data", "icinga/cache", "icinga/run", "icinga/log"] {
      try user.own(try place.directory.makeDirectory(name))
    }
    let base = place.directory["icinga"].string
    try place.directory.write(
      try MonitoringFiles.text("icinga2.conf", for: place), to: "smcontrol.conf")
    try place.directory.write(
      try MonitoringFiles.example("icinga-nagios.md", containing: "apply Service"),
      to: "service.conf")
    let configuration = try place.directory.write(
      """
      const NodeName = "test"
      const ZoneName = "test"
      include <itl>
      object Endpoint NodeName {}
      object Zone ZoneName { endpoints = [ NodeName ] }
      object CheckerComponent "checker" {}
      object PerfdataWriter "results" {
        service_perfdata_path = "\(base)/services"
        service_temp_path = "\(base)/next"
        host_perfdata_path = "\(base)/hosts"
        host_temp_path = "\(base)/next-hosts"
        rotation_interval = 1s
        service_format_template = "$service.name$|$service.state$|$service.output$|$service.perfdata$"
      }
      include "\(place.directory.path)/smcontrol.conf"
      include "\(place.directory.path)/service.conf"
      object Host "mail" {
        check_command = "dummy"
        vars.mta = "sendmail"
        vars.smcontrol_configuration = "\(place.directory.path)/sendmail.cf"
      }
      template Service "smcontrol" {
        check_command = "smcontrol"
        host_name = "mail"
      }
      object Service "many" {
        import "smcontrol"
        vars.smcontrol_messages = "2"
      }
      object Service "old" {
        import "smcontrol"
        vars.smcontrol_oldest = "30m,1h"
        vars.smcontrol_all = true
        vars.smcontrol_timeout = 9
      }
      object Service "group" {
        import "smcontrol"
        vars.smcontrol_messages = "1"
        vars.smcontrol_group = [ "mqueue", "none" ]
      }

      """, to: "icinga2.conf")
    let group = try await ProcessRunner.run("/usr/bin/id", ["-gn"], user: user)
      .output.trimmingCharacters(in: .whitespacesAndNewlines)
    let words =
      ["daemon", "-c", configuration.string, "-I", systems.icingaTemplates.string]
      + [
        "RunAsUser=\(user.name)", "RunAsGroup=\(group)", "ConfigDir=\(base)",
        "DataDir=\(base)/data", "CacheDir=\(base)/cache", "InitRunDir=\(base)/run",
        "LogDir=\(base)/log", "SpoolDir=\(base)/data",
      ].flatMap { ["-D", $0] }
    let check = try await ProcessRunner.run(
      systems.icinga, words + ["-C"], environment: systems.environment, user: user)
    #expect(check.status == 0, "\(check.output)")
    #expect(!check.output.contains("warning/") && !check.output.contains("critical/"))
    try await place.withDaemon(.accepting) {
      let results = try await RunningProgram.run(
        systems.icinga, words, environment: systems.environment, user: user
      ) { program in
        try await eventually("the results of all services") { () -> [String]? in
          if let ending = program.ending { throw HarnessError("icinga2 ended: \(ending)") }
          let lines = try Self.lines(in: base)
          let isComplete = Self.services.allSatisfy { service in
            lines.contains { $0.hasPrefix("\(service.name)|") }
          }
          return isComplete ? lines : nil
        }
      }
      for service in Self.services {
        let line = try #require(results.first { $0.hasPrefix("\(service.name)|") })
        #expect(line.hasPrefix("\(service.name)|\(service.state)|\(service.output)"), "\(line)")
      }
      let first = try #require(results.first { $0.hasPrefix("sendmail|") })
      #expect(
        first.firstMatch(of: /\|messages=3;100;1000;0; oldest=72\d\ds;14400;172800;0;$/) != nil,
        "\(first)")
    }
  }

  /// The lines of the files of results so far.
  private static func lines(in directory: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory)
      .filter { $0.hasPrefix("services.") }
      .compactMap { try? String(contentsOfFile: "\(directory)/\($0)", encoding: .utf8) }
      .flatMap { $0.split(separator: "\n").map { String($0) } }
  }

  // MARK: Zabbix

  @Test("Zabbix's agent evaluates the item, and each path of the documentation finds a value in it")
  func zabbix() async throws {
    let systems = try await RealMonitoring.required()
    let place = try MonitoredPlace()
    let configuration = try place.directory.write(
      "Server=127.0.0.1\nHostname=mail\n" + MonitoringFiles.text("zabbix.conf", for: place),
      to: "zabbix_agentd.conf")
    try await place.withDaemon(.accepting) {
      let outcome = try await ProcessRunner.run(
        systems.zabbixAgent, ["-c", configuration.string, "-t", "sendmail.check"],
        environment: systems.environment, user: .ordinary())
      #expect(outcome.status == 0, "\(outcome.errorOutput)")
      let value = try #require(
        outcome.output.firstMatch(of: /(?s)^sendmail\.check +\[t\|(\{.*\})\]\s*$/),
        "\(outcome.output)"
      ).output.1
      let object = try JSONSerialization.jsonObject(with: Data(value.utf8))
      let paths = try Self.documentedPaths()
      #expect(paths.count >= 5)
      let values = try paths.map { try #require(try Self.value(at: $0, in: object), "\($0)") }
      #expect(values.contains("0") && values.contains("3"), "\(values)")
    }
  }

  @Test("Debian's agent reads the folder that the documentation names")
  func zabbixFolder() async throws {
    let systems = try await RealMonitoring.required()
    let text = try String(contentsOfFile: systems.zabbixConfiguration.string, encoding: .utf8)
    let folder = try #require(text.firstMatch(of: /\nInclude=(.*)\/\*\.conf\n/)).output.1
    let example = try MonitoringFiles.example("zabbix.md", containing: "zabbix.conf")
    #expect(example.contains(" \(folder)/smcontrol.conf\n"), "\(folder)")
  }

  /// The paths in the table of the documentation.
  private static func documentedPaths() throws -> [String] {
    let text = try String(
      contentsOfFile: ProjectFiles.file("docs/how-to/zabbix.md").string, encoding: .utf8)
    return text.matches(of: /`(\$\.[^`]*)`/).map { String($0.output.1) }
  }

  /// The value at a path of one of the two forms that the documentation has: a member, and the first value of a
  /// check.
  private static func value(at path: String, in object: Any) throws -> String? {
    let members = try #require(object as? [String: Any])
    if let name = path.wholeMatch(of: /\$\.([A-Za-z]+)/)?.output.1 {
      return members[String(name)].map { "\($0)" }
    }
    let form = /\$\.checks\[\?\(@\.name == "([a-z-]+)"\)\]\.values\[0\]\.value\.first\(\)/
    let name = try #require(path.wholeMatch(of: form), "\(path)").output.1
    let checks = try #require(members["checks"] as? [[String: Any]])
    let check = checks.first { $0["name"] as? String == String(name) }
    return (check?["values"] as? [[String: Any]])?.first?["value"].map { "\($0)" }
  }
}
