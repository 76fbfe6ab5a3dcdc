// SPDX-License-Identifier: Apache-2.0

/// The process that runs a queue again and again, so that mail which was deferred is tried again.
package enum QueueRuns: Sendable, Equatable {
  /// The daemon, which has `-q` on its command line; the time between two runs, as it stands there.
  case daemon(interval: [UInt8])
  /// A process of its own.
  case runner(QueueRunner)
  /// None, as the daemon's command line and the process table show; true for the queue of the mail submission program.
  case none(isSubmission: Bool)

  /// The process that runs the queue of the place of `observation`, which includes the process table; `nil` when it is
  /// not known.
  ///
  /// `commandLine` is that of the daemon that runs, if it is known.
  package init?(
    _ commandLine: DaemonCommandLine?, _ observation: @autoclosure () -> DaemonObservation
  ) {
    if let commandLine, commandLine.isDaemon, let interval = commandLine.queueInterval {
      self = .daemon(interval: interval)
      return
    }
    let observation = observation()
    if let runner = observation.queueRunners.first {
      self = .runner(runner)
      return
    }
    guard observation.showsAllProcesses, commandLine != nil || observation.place.isSubmission else {
      return nil
    }
    self = .none(isSubmission: observation.place.isSubmission)
  }

  /// The fact in a line.
  var text: String {
    switch self {
    case .daemon(let interval): "every \(TerminalEscaping.escape(interval)), by this daemon"
    case .runner(let runner): runner.text
    case .none(let isSubmission):
      """
      no process runs this queue: mail that is deferred is not tried again; start \
      \(isSubmission ? "sendmail -Ac -q30m, or run sendmail -Ac -q" : "the daemon with -q30m, or run sendmail -q")
      """
    }
  }
}

extension DaemonCommandLine {
  /// The time between two queue runs of a daemon with it (`-q30m`, `-qp30m`), as it stands there; `nil` when it runs no
  /// queue.
  package var queueInterval: [UInt8]? {
    let starts = arguments.filter { $0.starts(with: Array("-q".utf8)) }.map { $0.dropFirst(2) }
    let intervals = starts.map { $0.first == UInt8(ascii: "p") ? $0.dropFirst() : $0 }
    return intervals.last { $0.first.map(ASCII.isDigit) == true }.map { Array($0) }
  }
}
