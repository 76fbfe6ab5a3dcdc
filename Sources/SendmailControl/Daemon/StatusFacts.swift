// SPDX-License-Identifier: Apache-2.0

/// The figures of a report, each beside its limit.
struct StatusFacts {
  let report: StatusReport
  let style: TerminalStyle

  /// A line a fact, folded where the place is too narrow.
  var text: String {
    var text = style.fact("Daemon", daemon)
    text += style.fact("Socket", StyledText(style.text(report.socket)))
    text += style.fact("Children", children)
    text += style.fact("Load", load)
    for (index, line) in freeSpace.enumerated() {
      text += style.fact(index == 0 ? "Free space" : "", line)
    }
    text += (report.context.running?.text(style) ?? "")
    for (index, line) in QueueFacts(report: report, style: style).lines.enumerated() {
      text += style.fact(index == 0 ? "Queues" : "", line)
    }
    return text
  }

  private var daemon: StyledText {
    guard let daemon = report.status.daemon else {
      return StyledText("none of the processes listed is known to be it", .warning)
    }
    var text = StyledText("process \(daemon.pid)")
    switch daemon.evidence {
    case .peerCredentials: break
    case .pidFile: text.append(", as the PID file says")
    case .text: text.append(", by its words")
    }
    if let start = report.context.daemonStart {
      text.append(", since* ")
      if start.date != report.context.time.date { text.append("\(start.date) ") }
      text.append(start.time)
      if let age = report.context.processes?[daemon.pid]?.age {
        text.append(" (\(age.inTwoUnits))")
      }
    }
    return text
  }

  private var children: StyledText {
    let count = report.status.childCount
    guard let maximum = report.status.maximumChildren else {
      return StyledText("\(count), no limit\(rate)")
    }
    let bar = Bar(part: count, whole: maximum)
    var text = drawn(bar)
    text.append("\(count) of \(maximum)", bar.paint == .good ? nil : bar.paint)
    if count >= maximum { text.append(", all slots are taken", .bad) }
    text.append(rate)
    return text
  }

  /// The limit of new connections, if there is one.
  private var rate: String {
    guard let rate = report.context.thresholds?.connectionRate, rate > 0 else { return "" }
    return ", ConnectionRateThrottle \(rate) a second"
  }

  private var load: StyledText {
    guard let load = report.status.loadAverage else {
      var text = StyledText("not known to the daemon", .warning)
      if let load = report.context.systemLoad {
        text.append(", \((load * 100).rounded() / 100) by the system")
      }
      return text
    }
    guard let thresholds = report.context.thresholds else { return StyledText(String(load)) }
    let (queue, refuse) = (thresholds.queueLA, thresholds.refuseLA)
    let bar = Bar(part: load, whole: refuse > 0 ? refuse : max(queue, 1))
    var text = refuse > 0 || queue > 0 ? drawn(bar) : StyledText()
    text.append(String(load), bar.paint == .good ? nil : bar.paint)
    // The bar is full at the limit that is named first.
    if refuse > 0 {
      text.append(" of RefuseLA \(refuse)")
      if load >= refuse { text.append(" (connections are refused)", .bad) }
      text.append(", QueueLA \(queue)")
    } else if queue > 0 {
      text.append(" of QueueLA \(queue)")
    }
    if queue > 0, load >= queue { text.append(" (mail may be queued, not sent)", .warning) }
    if refuse <= 0 { text.append(", no RefuseLA") }
    if thresholds.delayLA > 0 {
      text.append(", DelayLA \(thresholds.delayLA)")
      if thresholds.delays(at: Double(load)) {
        text.append(" (each SMTP command is delayed by a second)", .warning)
      }
    }
    return text
  }

  private func drawn(_ bar: Bar) -> StyledText {
    var text = bar.text(columns: style.barColumns, style)
    text.append("  ")
    return text
  }

  private var freeSpace: [StyledText] {
    let status = report.status
    return status.fileSystems.indices.map { index in
      let seen = report.context.fileSystems
      let system = index < seen.count ? seen[index] : nil
      return freeSpace(of: status.fileSystems[index], system)
    }
  }

  private func freeSpace(
    of fileSystem: DaemonStatus.FileSystem, _ system: FileSystemInfo?
  ) -> StyledText {
    let place =
      fileSystem.queueDirectory.map { "queue directory \(style.text($0))" } ?? "first queue group"
    guard let free = fileSystem.freeSpace else {
      var text = StyledText("not known to the daemon", .warning)
      text.append(", \(place)")
      if let system { text.append(", \(Units.size(kibibytes: system.freeSpace)) by the system") }
      return text
    }
    // The daemon's own words count more than a file: its command line may have set the limit.
    let minimum =
      report.status.daemon?.condition.minimumFreeBlocks
      ?? report.context.thresholds?.minimumFreeBlocks
    let blockSize = system.map(\.blockSize).flatMap { $0 > 0 ? $0 : nil }
    let isShort = Self.isShort(free, of: minimum, blockSize)
    let obstacle = system?.obstacle
    var text = StyledText(
      Units.size(kibibytes: free), isShort || obstacle != nil ? .bad : nil)
    text.append(", \(place)")
    if let obstacle {
      text.append(", ")
      text.append("\(obstacle): no message can be queued", .bad)
    }
    switch minimum {
    case nil: break
    case let minimum? where minimum <= 0: text.append(", MinFreeBlocks \(minimum) (no limit)")
    case let minimum?:
      text.append(isShort ? ", below MinFreeBlocks" : ", MinFreeBlocks", isShort ? .bad : nil)
      text.append(" \(minimum)")
      if let blockSize {
        let (bytes, overflow) = minimum.multipliedReportingOverflow(by: blockSize)
        if !overflow { text.append(" (\(Units.size(kibibytes: bytes / 1024)))") }
      }
      if isShort { text.append(": new messages are refused", .bad) }
    }
    return text
  }

  /// Returns whether `free` KiB are less than `minimum` blocks, as far as both are known. `Double`,
  /// because a reply may hold any number.
  private static func isShort(_ free: Int, of minimum: Int?, _ blockSize: Int?) -> Bool {
    guard let minimum, minimum > 0, let blockSize else { return false }
    return Double(free) * 1024 < Double(minimum) * Double(blockSize)
  }
}
