// SPDX-License-Identifier: GPL-3.0-or-later

import Benchmark
import Foundation
import SendmailControl

/// How many children there are, each ten or a hundred times as many as the one before: what is linear
/// takes as much more.
private let sizes = [100, 10_000, 1_000_000]

/// A reply to `status` with so many children.
private func reply(children: Int) -> [UInt8] {
  let children = (1...children).map {
    ProcessEntry(pid: Int32(1000 + $0), text: ByteText("SMTP server child for 192.0.2.\($0 % 256)"))
  }
  return StatusReply(
    children: children.count, maximumChildren: 0, freeSpace: 1_000_000, loadAverage: 1,
    processes: [ProcessEntry(pid: 1000, text: "accepting connections")] + children
  ).bytes
}

/// Debian's sendmail.cf, of 61 KB.
private func stockConfiguration() -> [UInt8] {
  let path = "Tests/SendmailControlTests/Data/ConfigurationFiles/debian-sendmail.cf"
  guard let data = FileManager.default.contents(atPath: path) else {
    fatalError("run it in the folder of Package.swift: there is no \(path)")
  }
  return Array(data)
}

/// A sendmail.cf of about so many bytes: mostly rules, as they are.
private func configuration(bytes count: Int) -> [UInt8] {
  let part = Array(
    """
    # level 10 config file format
    O LogLevel=9
    O Timeout.control=30s
    D{name}value of a macro
    R$* < @ $* > $*\t\t$@ $1 < @ $2 > $3\t\tleave it alone
    R$- . $+ \t\t$: < $1 . $2 >  \t\tone rule
    R$+ @ $+ \t\t$: $1 < @ $2 >\t\tanother rule
    \tthat goes on

    """.utf8)
  var text = Array("V10/Berkeley\nSrules\n".utf8)
  text.reserveCapacity(count + part.count)
  while text.count < count { text += part }
  return text
}

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock], warmupIterations: 1, maxDuration: .seconds(3), maxIterations: 100)

  for size in sizes {
    let bytes = reply(children: size)
    Benchmark("parse a status of \(size) children") { benchmark in
      for _ in benchmark.scaledIterations { blackHole(try StatusReply(parsing: bytes)) }
    }
    let identity = DaemonIdentity(listener: 1000)
    guard let parsed = try? StatusReply(parsing: bytes) else { continue }
    let status = DaemonStatus(parsed, identity: identity)
    Benchmark("render \(size) children, classic") { benchmark in
      for _ in benchmark.scaledIterations { blackHole(ClassicText.status(status)) }
    }
    Benchmark("render \(size) children, terminal") { benchmark in
      let report = StatusReport(
        status, socket: Array("/s".utf8),
        context: ReplyContext(
          host: Array("mail.example.org".utf8),
          time: CalendarTime(year: 2026, month: 11, day: 21, hour: 12, minute: 0, second: 0)))
      let style = TerminalStyle(width: 80, characters: .utf8, isColoured: true)
      for _ in benchmark.scaledIterations { blackHole(StatusText.make(report, style: style)) }
    }
    Benchmark("render \(size) children, json") { benchmark in
      for _ in benchmark.scaledIterations {
        let document = StatusDocument(status, command: .status, socket: Array("/s".utf8))
        blackHole(try document.json)
      }
    }
  }

  for (name, bytes) in [
    ("61 KB", stockConfiguration()), ("10 MB", configuration(bytes: 10_000_000)),
  ] {
    Benchmark("read a sendmail.cf of \(name)") { benchmark in
      for _ in benchmark.scaledIterations {
        blackHole(SendmailConfiguration(parsing: bytes, file: "sendmail.cf"))
      }
    }
  }
}
