// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Foundation
import TestSupport

/// The side of the clients.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Start a daemon and soak it.")

  @Option(help: "How many exchanges there shall be at least.") var exchanges = 100_000
  @Option(help: "End after so many seconds, whatever --exchanges says.") var seconds: Int?
  @Option(help: "How many clients ask at a time.") var clients = 50
  @Option(help: "What all that happens by chance is made from; otherwise the time.")
  var seed: UInt64 = UInt64(Date.now.timeIntervalSince1970)
  @Option(name: .customLong("break"), help: "Do wrong on purpose, to see that it is found.")
  var breakage: Breakage?

  func run() async throws {
    print("seed \(seed)")
    let directory = try TemporaryDirectory()
    defer { directory.remove() }
    let daemon = try SoakDaemon(socket: directory["ctl"])
    let plan = SoakPlan(
      exchanges: exchanges, seconds: seconds, clients: clients, seed: seed, breakage: breakage)
    let run = try SoakRun(plan, daemon: daemon)
    run.soak()
    run.finish()
    print(run.summary())
    let complaints = run.complaints
    guard complaints.isEmpty else {
      for complaint in complaints.prefix(20) {
        FileHandle.standardError.write(Data("soak: \(complaint)\n".utf8))
      }
      throw ExitCode(1)
    }
  }
}

/// The faults that the soak can make itself, so that its checks are seen to fail.
enum Breakage: String, ExpressibleByArgument, CaseIterable, Sendable {
  /// Every tenth exchange leaves a descriptor open.
  case descriptors
  /// Every exchange keeps some memory.
  case memory
  /// Another load average is expected than was set.
  case reply
  /// The clients have less time than their deadlines.
  case deadline
  /// A process is left.
  case process
}

/// The plan of a soak.
struct SoakPlan: Sendable {
  var exchanges: Int
  var seconds: Int?
  var clients: Int
  var seed: UInt64
  var breakage: Breakage?
}
