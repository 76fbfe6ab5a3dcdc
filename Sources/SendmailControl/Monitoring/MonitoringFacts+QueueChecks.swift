// SPDX-License-Identifier: Apache-2.0

extension MonitoringFacts {
  func spaceResult(_ given: Thresholds?, _ groups: [[UInt8]]) -> CheckResult {
    guard let all = space.value else {
      return .unknown(.space, "space", space.reason ?? Self.late)
    }
    if let missing = Self.missing(groups, among: all.flatMap(\.groups)) {
      return .unknown(.space, "space", missing)
    }
    let systems = all.filter { groups.isEmpty || !Set($0.groups).isDisjoint(with: groups) }
    let unread = systems.filter { $0.info == nil }
    guard unread.isEmpty, !systems.isEmpty else {
      let paths = unread.map { "\(TerminalEscaping.escape($0.path)): its space cannot be read" }
      return CheckResult(
        check: .space, state: .unknown, text: "space not known",
        reasons: paths.isEmpty ? ["space not known: there is no queue directory"] : paths,
        needsRights: unread.contains(where: \.isForbidden))
    }
    var result = CheckResult(check: .space, state: .ok, text: "")
    for system in systems {
      guard let info = system.info else { continue }
      let free = Double(info.freeSpace) * 1024
      let thresholds = given ?? minimumSpace(on: info)
      let size = "\(Units.size(kibibytes: info.freeSpace)) free"
      let obstacle = info.obstacle
      let state = obstacle == nil ? thresholds.state(of: free) : .critical
      let text = obstacle.map { info.freeSpace > 0 ? "\($0), \(size)" : $0 } ?? size
      let isWorse = state.rank > result.state.rank
      let isLess = state == result.state && result.values.allSatisfy { free < $0.value }
      if result.text.isEmpty || isWorse || isLess { result.text = text }
      result.state = CheckState.worst(of: [result.state, state])
      let path = TerminalEscaping.escape(system.path)
      result.details.append("\(path): \(text)")
      let label = systems.count == 1 ? "space" : "space_\(result.values.count + 1)"
      result.values.append(
        PerformanceValue(label: label, value: free, unit: .bytes, thresholds: thresholds))
    }
    return result
  }

  /// The space at which sendmail refuses messages, and twice as much for a warning.
  private func minimumSpace(on info: FileSystemInfo) -> Thresholds {
    guard let blocks = thresholds.value?.minimumFreeBlocks, blocks > 0 else { return Thresholds() }
    let bytes = Double(blocks) * Double(info.blockSize)
    return Thresholds(
      warning: ThresholdRange(2 * bytes), critical: ThresholdRange(bytes))
  }

  func queueResult(_ request: CheckRequest, _ groups: [[UInt8]]) -> CheckResult {
    let check = request.check
    guard let found = queues.value else {
      return .unknown(check, check.rawValue, queues.reason ?? Self.late)
    }
    if let missing = Self.missing(groups, among: found.flatMap(\.groups).map(\.name)) {
      return .unknown(check, check.rawValue, missing)
    }
    let thresholds = request.thresholds ?? Self.standardThresholds(check)
    let counts = counts(of: Set(groups))
    let value = counts.map { self.value(of: check, in: $0) } ?? 0
    let problems = queueProblems(of: Set(groups))
    var result = CheckResult(
      check: check, state: thresholds.state(of: Double(value)),
      text: Self.text(of: check, value, counts))
    let directories = directories(of: Set(groups))
    result.details = directories.map { directory in
      let path = TerminalEscaping.escape(directory.path)
      let text = directory.counts.map {
        Self.text(of: check, self.value(of: check, in: $0), $0)
      }
      return "\(path): \(text ?? "not read")"
    }
    guard problems.isEmpty, counts != nil else {
      // What was read is bad by itself, whatever else there is.
      let isCertain = counts != nil && thresholds.areUpperBounds && result.state != .ok
      if isCertain {
        result.text = "at least \(result.text)"
      } else {
        result.state = .unknown
        result.text = "\(check.rawValue) not known"
      }
      result.reasons =
        problems.isEmpty ? ["there is no queue directory"] : problems.map(\.text)
      result.groups = directories.compactMap(\.readingGroup).reduce(into: []) {
        if !$0.contains($1) { $0.append($1) }
      }
      result.needsRights = problems.contains { $0.kind == .noPermission }
      return result
    }
    result.values = [
      PerformanceValue(
        label: check.rawValue, value: Double(value), unit: check.unit ?? .number,
        thresholds: thresholds)
    ]
    return result
  }

  private func value(of check: MonitoringCheck, in counts: QueueCounts) -> Int {
    switch check {
    case .oldest: counts.oldest.map { AgeHistogram.age(of: $0, at: time) } ?? 0
    case .quarantined: counts.quarantined
    case .lost: counts.lost + counts.toBeLost
    case .incomplete: counts.incomplete
    default: counts.messages
    }
  }

  private static func text(
    of check: MonitoringCheck, _ value: Int, _ counts: QueueCounts?
  ) -> String {
    switch check {
    case .oldest:
      counts?.messages == 0 ? "no message waits" : "oldest \(Duration.seconds(value).inTwoUnits)"
    case .messages: counted(value, "message", "messages")
    case .lost:
      if let counts, counts.toBeLost > 0 {
        "\(counts.lost) lost, \(counts.toBeLost) to be lost"
      } else {
        "\(value) lost"
      }
    case .incomplete:
      if let counts, counts.withoutBody > 0 {
        "\(value) incomplete, \(counts.withoutBody) of them without a body"
      } else {
        "\(value) incomplete"
      }
    default: "\(value) \(check.rawValue)"
    }
  }

  /// sendmail warns the sender of a message after 4 hours, by default, and returns it after 5 days.
  private static func standardThresholds(_ check: MonitoringCheck) -> Thresholds {
    switch check {
    case .oldest:
      Thresholds(warning: ThresholdRange(to: 4 * 3600), critical: ThresholdRange(to: 48 * 3600))
    case .quarantined, .lost, .incomplete: Thresholds(warning: ThresholdRange(to: 0))
    default: Thresholds()
    }
  }

  /// The complaint about the first of `groups` that does not exist; `nil` when all do.
  private static func missing(_ groups: [[UInt8]], among all: [[UInt8]]) -> String? {
    guard let group = groups.first(where: { !all.contains($0) }) else { return nil }
    let names = Set(all.map { TerminalEscaping.escape($0) }).sorted().joined(separator: ", ")
    return "there is no queue group \(TerminalEscaping.escape(group)), only \(names)"
  }
}
