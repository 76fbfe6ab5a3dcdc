// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// The checks that `check` makes, with their thresholds. Its letters are those that the Monitoring Plugins
/// guidelines reserve.
struct CheckOptions: Sendable {
  static let warning = Option(
    "-w", "--warning", value: "range", .any,
    help: "The range for a warning, for the one check that is named without ranges.")
  static let critical = Option(
    "-c", "--critical", value: "range", .any,
    help: "The range for a critical value, for the same.")
  static let timeout = Option(
    "-t", "--timeout", value: "seconds", .seconds,
    help: "How long all checks may take (default: 10).")
  static let format = Option(
    "--format", value: "format", ValueKind<OutputFormat>.words,
    help: "How to print the result (default: nagios).")
  static let verbose = OptionSpec(
    "-v", "--verbose", help: "Print more lines; up to three times.")
  static let group = Option(
    "--group", value: "name", .any,
    help: "Check the queues of this queue group only; may be repeated.", .repeated)
  static let query = OptionSpec(
    "--query", help: "Ask the daemon, by one connection, unless it is near MaxDaemonChildren.")

  static let specs: [OptionSpec] =
    MonitoringCheck.allCases.map { $0.option } + [warning.spec, critical.spec]
    + [group.spec, QueueOptions.all, query]

  /// The checks.
  let requests: [CheckRequest]
  /// The names of the queue groups; none for all.
  let groups: [[UInt8]]
  /// True if the client queue counts, too.
  let includesClient: Bool
  /// True if the daemon is asked.
  let queries: Bool
  /// The number of times that more is asked for.
  let verbosity: Int

  /// The options of `line`.
  ///
  /// - Throws: ``UsageError``.
  init(_ line: ParsedLine) throws(UsageError) {
    var requests: [CheckRequest] = []
    for check in MonitoringCheck.allCases {
      guard let given = line.given.last(where: { $0.option == check.option }) else { continue }
      requests.append(
        CheckRequest(check, given.hasValue ? try check.thresholds(given.value) : nil))
    }
    self.requests =
      try Self.adding(
        warning: try line[Self.warning], critical: try line[Self.critical],
        to: requests.isEmpty ? MonitoringCheck.standard.map { CheckRequest($0) } : requests,
        areNamed: !requests.isEmpty)
    groups = try line.all(Self.group)
    includesClient = line[QueueOptions.all]
    queries = line[Self.query]
    verbosity = min(3, line.inOrder(Self.verbose).count)
    guard groups.isEmpty || self.requests.contains(where: { $0.check.isAboutQueues }) else {
      throw UsageError("--group needs a check of the queues")
    }
  }

  /// Returns `requests` with the ranges of `-w` and `-c` for the one that has none.
  private static func adding(
    warning: Word?, critical: Word?, to requests: [CheckRequest], areNamed: Bool
  ) throws(UsageError) -> [CheckRequest] {
    guard warning != nil || critical != nil else { return requests }
    let open = requests.indices.filter {
      requests[$0].check.unit != nil && requests[$0].thresholds == nil
    }
    guard areNamed, open.count == 1, let index = open.first, let unit = requests[index].check.unit
    else { throw UsageError("-w and -c need exactly one check that is named without ranges") }
    func range(_ word: Word?, _ option: OptionSpec) throws(UsageError) -> ThresholdRange? {
      guard let word else { return nil }
      if let range = ThresholdRange(word, unit) { return range }
      throw UsageError(
        """
        \(option.names[0]) '\(TerminalEscaping.escape(word))': expected a range such as \
        \(unit.example)
        """)
    }
    var requests = requests
    requests[index] = CheckRequest(
      requests[index].check,
      Thresholds(
        warning: try range(warning, Self.warning.spec),
        critical: try range(critical, Self.critical.spec)))
    return requests
  }
}

extension MonitoringCheck {
  /// The option that names the check. Its value is read by ``thresholds(_:)``: all options are made for every
  /// command line, and a type of their own would cost each of them.
  var option: OptionSpec {
    guard unit != nil else { return OptionSpec("--\(rawValue)", help: help) }
    return Option("--\(rawValue)", value: "ranges", .any, help: help, .optionalValue).spec
  }

  /// The thresholds that `word` means.
  ///
  /// - Throws: ``UsageError``.
  fileprivate func thresholds(_ word: Word) throws(UsageError) -> Thresholds? {
    guard let unit else { return nil }
    if let thresholds = Thresholds(word, unit) { return thresholds }
    throw UsageError(
      """
      \(option.name) '\(TerminalEscaping.escape(word))': expected WARNING[,CRITICAL], each a range \
      such as \(unit.example)
      """)
  }

  /// True if queue groups matter to it.
  fileprivate var isAboutQueues: Bool {
    switch self {
    case .space, .messages, .oldest, .quarantined, .lost, .incomplete: true
    case .state, .children, .load, .audit, .ports, .config, .configAge: false
    }
  }

  private var help: String {
    switch self {
    case .state: "Check that the daemon accepts mail; it takes no ranges."
    case .children: "Check the number of its children (default: MaxDaemonChildren less 2 and 1)."
    case .load: "Check the load average (default: QueueLA and RefuseLA)."
    case .space: "Check the free space of the queues (default: by MinFreeBlocks)."
    case .messages: "Check the number of waiting messages."
    case .oldest: "Check the age of the oldest message (default: 4h,2d)."
    case .quarantined: "Check the number of messages in quarantine (default: 0)."
    case .lost: "Check the number of lost messages (default: 0)."
    case .incomplete: "Check the number of messages that lack a part (default: 0)."
    case .audit: "Check the number of findings of audit (default: 0,0)."
    case .ports: "Check the number of ports without a listener (default: ,0)."
    case .config: "Check that a daemon would start; it takes no ranges."
    case .configAge: "Check how long ago its configuration changed, not yet read (default: 0)."
    }
  }
}
