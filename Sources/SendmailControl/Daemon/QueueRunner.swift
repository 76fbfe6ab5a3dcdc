// SPDX-License-Identifier: Apache-2.0

/// A sendmail that runs a queue again and again and does nothing else: it was started with `-q30m` and without `-bd`.
package struct QueueRunner: Sendable, Equatable {
  /// Its process id.
  package let pid: Int32
  /// The time between two runs; `nil` for one that runs the queue all the time (`-qp`).
  package let interval: Duration?
  /// The base queue directory, as its configuration names it; `nil` when its title does not tell.
  package let directory: [UInt8]?

  /// The queue runner that `process` is by its title, `Queue runner@00:15:00 for DIRECTORY` or `Queue control`; `nil`
  /// for any other process.
  ///
  /// `prefix` is `ProcessTitlePrefix`; empty when it is not known.
  package init?(_ process: ObservedProcess, prefix: [UInt8]) {
    guard let words = TitleState.words(of: process.title ?? [], prefix: prefix) else { return nil }
    pid = process.pid
    if words.elementsEqual(SendmailWords.queueControl) {
      (interval, directory) = (nil, nil)
      return
    }
    guard words.starts(with: SendmailWords.queueRunnerAt) else { return nil }
    let rest = words.dropFirst(SendmailWords.queueRunnerAt.count)
    let separator = rest.firstRange(of: Array(" for ".utf8))
    interval = Self.interval(rest[..<(separator?.lowerBound ?? rest.endIndex)])
    directory = separator.map { Array(rest[$0.upperBound...]) }
  }

  /// The process and the time between two runs, such as `process 12 runs the queue every 30m00s`.
  package var text: String {
    "process \(pid) runs the queue " + (interval.map { "every \($0.inTwoUnits)" } ?? "all the time")
  }

  /// The time that sendmail writes as `00:15:00` or `1+12:00:00` (`pintvl` in `convtime.c`).
  private static func interval(_ text: ArraySlice<UInt8>) -> Duration? {
    let parts = text.split(whereSeparator: { "+:".utf8.contains($0) }).map {
      Int(String(decoding: $0, as: UTF8.self))
    }
    guard (3...4).contains(parts.count) else { return nil }
    let numbers = parts.compactMap { $0 }
    guard numbers.count == parts.count else { return nil }
    let seconds = zip(numbers.reversed(), [1, 60, 3600, 86_400]).reduce(0) { $0 + $1.0 * $1.1 }
    return .seconds(seconds)
  }
}

extension DaemonObservation {
  /// The queue runner that the daemon's process is; `nil` when it is none.
  package var daemonAsQueueRunner: QueueRunner? {
    daemon.flatMap { QueueRunner($0, prefix: place.titlePrefix) }
  }

  /// The queue runners of the place, by the directories in their titles.
  package var queueRunners: [QueueRunner] {
    (sendmailProcesses.value ?? []).compactMap { QueueRunner($0, prefix: place.titlePrefix) }
      .filter { runner in
        runner.pid == daemonProcessID
          || runner.directory != nil && runner.directory == place.queueDirectory
      }
  }

  /// The fact that the process of the PID file runs the queue only, in a sentence without a prefix; `nil` where that
  /// is not so, and for the mail submission program, whose queue runner does nothing else.
  package var queueOnlyText: String? {
    guard !place.isSubmission, let runner = daemonAsQueueRunner else { return nil }
    return """
      process \(runner.pid) runs the queue only: it has neither port nor control socket; start it with -bd
      """
  }
}
