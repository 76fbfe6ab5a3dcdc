// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

/// The files of `Packaging/monitoring` for which the tests have no program of the monitoring system itself.
@Suite("Files for monitoring systems")
struct MonitoringFileTests {
  /// A line of a local check as Checkmk documents it.
  private struct LocalCheck {
    let state: Int32
    let service: String
    let metrics: [String]
    let text: String

    /// Reads the one line of `output`.
    init(_ output: String) throws {
      let line = try #require(output.wholeMatch(of: /([^\n]+)\n/), "\(output)").output.1
      let parts = try #require(
        line.wholeMatch(of: /([0-3]) "([^"']+)" ([^ ]+) (.*)/), "\(line)"
      ).output
      state = try #require(Int32(parts.1))
      service = String(parts.2)
      metrics = parts.3 == "-" ? [] : parts.3.split(separator: "|").map { String($0) }
      text = String(parts.4).replacing("\\n", with: "\n")
      for metric in metrics {
        // NAME=VALUE;WARN;CRIT;MIN;MAX, the rest optional, numbers without units.
        let form =
          /[A-Za-z_][A-Za-z0-9_]*=-?[0-9.]+(;(-?[0-9.]+(:-?[0-9.]+)?)?){0,2}(;(-?[0-9.]+)?){0,2}/
        #expect(metric.wholeMatch(of: form) != nil, "\(metric)")
      }
    }
  }

  @Test(
    "The local check prints a line that Checkmk understands",
    arguments: [MonitoredPlace.DaemonState.accepting, .rejecting, .down])
  func checkmk(state: MonitoredPlace.DaemonState) async throws {
    let place = try MonitoredPlace()
    let script = try place.directory.write(
      try MonitoringFiles.text("checkmk-local", for: place), to: "local")
    try await place.withDaemon(state) {
      for isReadable in [true, false] {
        try place.setReadable(isReadable)
        let outcome = try await ProcessRunner.run(
          "/bin/sh", [script.string], user: .ordinary())
        let line = try LocalCheck(outcome.output)
        #expect(outcome.errorOutput == "")
        #expect(line.state == outcome.status)
        #expect(line.state == (state.status == 0 ? (isReadable ? 0 : 3) : state.status))
        #expect(line.service == "Sendmail")
        let names = line.metrics.map { $0.prefix { $0 != "=" } }
        #expect(names.contains("messages") == isReadable, "\(line)")
        // A line of sudoers is shown as it is to be typed.
        #expect(isReadable || line.text.contains("100\\,1000"), "\(line.text)")
      }
      try place.setReadable(true)
    }
  }

  static func hasSystemd() -> Bool {
    WantedTests.mayExpect(
      FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze"),
      otherwise: "The systemd units are not verified: systemd-analyze is missing (systemd)")
  }

  @Test("systemd finds nothing to complain of in the units", .enabled { hasSystemd() })
  func units() async throws {
    let directory = try TemporaryDirectory()
    let program = try directory.makeLink("smcontrol", to: BuiltBinaries.smcontrol)
    for name in ["smcontrol-textfile.service", "smcontrol-textfile.timer"] {
      let text = try String(
        contentsOfFile: ProjectFiles.file("Packaging/monitoring/\(name)").string, encoding: .utf8)
      try directory.write(
        text.replacing("/usr/sbin/smcontrol", with: program.string), to: name)
    }
    let outcome = try await ProcessRunner.run(
      "/usr/bin/systemd-analyze",
      ["verify", "--man=no", directory["smcontrol-textfile.timer"].string]
        + [directory["smcontrol-textfile.service"].string])
    #expect(outcome.status == 0)
    #expect(outcome.output + outcome.errorOutput == "")
  }

  /// Options of the unit that would hide some of the facts from metrics.
  @Test("The unit of the text file hides no file, process or socket that is read")
  func hardening() throws {
    let text = try String(
      contentsOfFile: ProjectFiles.file("Packaging/monitoring/smcontrol-textfile.service").string,
      encoding: .utf8)
    let options = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    for name in [
      "PrivateTmp=", "ProtectHome=yes", "ProtectHome=tmpfs", "PrivateNetwork=", "ProtectProc=",
      "ProcSubset=", "PrivateUsers=", "InaccessiblePaths=", "TemporaryFileSystem=", "User=",
    ] {
      #expect(!options.contains { $0.hasPrefix(name) }, "\(name)")
    }
  }
}
