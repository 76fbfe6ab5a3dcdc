// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("Directories beside the queues")
struct OtherDirectoryTests {
  @Test("Of very many, the first are listed, and the others counted")
  func many() {
    var machine = TestMachine()
    for path in ["/var", "/var/spool", "/var/spool/mqueue"] {
      machine.files[path] = TestMachine.directory()
    }
    for number in 1000..<4003 {
      machine.files["/var/spool/mqueue/old\(number)"] = TestMachine.directory()
      machine.files["/var/spool/mqueue/closed\(number)"] = TestMachine.directory(0o700)
      machine.files["/var/spool/mqueue/qf\(number)"] = TestMachine.regularFile
      machine.files["/var/spool/mqueue/file\(number)"] = TestMachine.regularFile
    }
    let configuration = SendmailConfiguration(
      parsing: Array("V10/Berkeley\nO QueueDirectory=/var/spool/mqueue\n".utf8), file: "x.cf")
    let report = AuditReport(
      of: ResolvedConfiguration(configuration, in: machine), isClient: false,
      observation: DaemonObservation(of: DaemonPlace()),
      queues: QueueDirectories(of: configuration, in: machine), files: machine,
      accounts: machine, machine: Machine())
    let findings = report.findings.filter { $0.rule == .queueOtherDirectory }
    #expect(findings.count == 1001)
    #expect(String(decoding: findings[0].path, as: UTF8.self) == "/var/spool/mqueue/old1000")
    #expect(findings.last?.found == "2003 more directories in it: other users have access")
  }
}
