// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient

/// The report of a command that did its work, and what it exits with.
///
/// `Body` is a ``Report`` wherever it is shown. It is not declared here: the runtime would search all conformances
/// of the program before a `status` ends.
struct Outcome<Body> {
  var report: Body
  var status = ExitStatus.ok
  /// Lines for standard error, after the report.
  var remarks: [String] = []

  init(_ report: Body, status: ExitStatus = .ok, remarks: [String] = []) {
    self.report = report
    self.status = status
    self.remarks = remarks
  }
}

/// The output of a command in the format that was asked for: the only place that chooses by the format.
struct Output {
  /// The capabilities of the destination of the output.
  var style: TerminalStyle { display.style }
  private let format: OutputFormat
  /// The format of a failure: also where the command lacks the one that was asked for.
  private let failureFormat: OutputFormat
  private let display: Display
  private let console: Console

  /// The output in `format`, or else in the one that `formats` has for this place.
  init(
    _ format: OutputFormat?, of formats: Formats = .reply, display options: DisplayOptions? = nil,
    context: CommandContext
  ) {
    console = context.console
    let standard = formats.standard ?? context.console.defaultFormat
    self.format = format ?? standard
    failureFormat = format.flatMap { formats.list.contains($0) ? $0 : nil } ?? standard
    display = Display(options, context: context)
  }

  /// Checks that `command` has the format, before anything is sent or changed.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/usage``.
  func check(_ formats: Formats, of command: String) throws(CommandFailure) {
    guard !formats.list.contains(format) else { return }
    let isOther = format.isForMonitoring && !formats.list.contains(where: \.isForMonitoring)
    let reason = isOther ? "is for monitoring systems" : formats.reason
    throw CommandFailure(
      .usage,
      """
      \(command): --format \(format.rawValue) \(reason); \
      expected \(formats.list.map(\.rawValue).alternatives)
      """)
  }

  /// True if the text for reading is shown, with facts around a reply that no other format has.
  var isForReading: Bool { format == .terminal }

  /// True if facts around a reply are shown that the daemon does not report.
  var showsFacts: Bool { format == .terminal || format == .json }

  /// Shows the report of `outcome`, and then its remarks.
  ///
  /// - Returns: the exit status of `outcome`.
  func show(_ outcome: Outcome<some Report>) async throws(CommandFailure) -> ExitStatus {
    try await write(outcome.report, in: format, bytes: [])
    console.complain(outcome.remarks)
    return outcome.status
  }

  /// Shows the reply of `outcome`, and then its remarks.
  ///
  /// - Returns: the exit status of `outcome`.
  func show(_ outcome: Outcome<some RawReport>) async throws(CommandFailure) -> ExitStatus {
    try await write(outcome.report, in: format, bytes: outcome.report.bytes)
    console.complain(outcome.remarks)
    return outcome.status
  }

  /// Shows a reply to `command` that may be large, as it is received. Only JSON needs all of it.
  ///
  /// `socket` is the path of the socket that is asked. `receive` receives the reply in chunks, and
  /// passes each on to its argument. `check` checks the reply after its last chunk.
  func stream<End>(
    replyTo command: String, from socket: [UInt8],
    _ receive: ((ArraySlice<UInt8>) throws -> Void) throws -> End, check: (End) throws -> Void
  ) throws {
    switch format {
    case .raw: try check(try receive { try console.write($0) })
    case .classic, .terminal:
      var lines = TerminalEscapingFilter()
      let end = try receive { try console.write(lines.take($0)[...]) }
      try console.write(lines.finish()[...])
      if format == .classic { try console.write("\n") }
      try check(end)
    case .json:
      var reply: [UInt8] = []
      let end = try receive { chunk in
        guard reply.count + chunk.count <= ControlLimits.longestHeldReply else {
          throw CommandFailure(
            .dataError,
            """
            \(command): the reply is longer than \(ControlLimits.longestHeldReply / 1_048_576) MiB, \
            the most that JSON can have: use another format
            """)
        }
        reply += chunk
      }
      try check(end)
      try console.writeJSON(PlainReply(to: command, from: socket, bytes: reply))
    // No command that streams has them.
    case .nagios, .checkmk, .prometheus, .openmetrics: break
    }
  }

  /// Shows the failure of `command`: on standard error, and in JSON as an object on standard
  /// output, too.
  ///
  /// - Returns: what to exit with.
  func fail(_ failure: CommandFailure, of command: String) async -> Int32 {
    var failure = failure
    failure.command = command
    do throws(CommandFailure) {
      try await write(failure, in: failureFormat, bytes: failure.bytes)
    } catch {
      // Standard error has the failure all the same.
    }
    console.complain(failure.lines)
    return failure.exitCode
  }

  private func write(
    _ report: some Report, in format: OutputFormat, bytes: [UInt8]
  ) async throws(CommandFailure) {
    switch format {
    case .classic: try console.write(report.classic)
    case .terminal: try await display.show(report.terminal(style))
    case .json: try console.writeJSON(report)
    case .raw: try console.write(bytes[...])
    case .nagios: try console.write(report.nagios)
    case .checkmk: try console.write(report.checkmk)
    case .prometheus: try console.write(report.prometheus)
    case .openmetrics: try console.write(report.openMetrics)
    }
  }
}
