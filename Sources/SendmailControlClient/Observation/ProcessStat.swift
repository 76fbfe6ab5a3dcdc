// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl

/// The line of `/proc/PID/stat`, as far as it matters here (proc(5)).
struct ProcessStat {
  /// The name of the program, at most 15 bytes.
  let name: [UInt8]
  /// True if it has ended and only waits to be reaped.
  let hasEnded: Bool
  /// True if it was stopped, by a signal or a debugger.
  let isStopped: Bool
  /// The process id of its parent.
  let parent: Int32
  /// Its group of processes.
  let group: Int32
  /// The processor time it has used, its own and the system's for it, in ticks.
  let processorTicks: Int64
  /// The time of its start, in ticks since that of the machine.
  let startTicks: Int64

  /// Reads the line, or returns `nil` when it is not of that form.
  init?(line: [UInt8]) {
    // The name stands in parentheses and may contain some itself; the rest follows the last one.
    guard let open = line.firstIndex(of: UInt8(ascii: "(")),
      let close = line.lastIndex(of: UInt8(ascii: ")")), open < close
    else { return nil }
    // The first of these is the third field of the line, the state.
    let fields = line[close...].dropFirst().split(separator: ASCII.space)
    func number<Number: FixedWidthInteger>(_ field: Int) -> Number? {
      field - 3 < fields.count ? Number(String(decoding: fields[field - 3], as: UTF8.self)) : nil
    }
    guard let state = fields.first?.first, let parent: Int32 = number(4),
      let group: Int32 = number(5), let own: Int64 = number(14), let system: Int64 = number(15),
      let start: Int64 = number(22)
    else { return nil }
    name = Array(line[open..<close].dropFirst())
    hasEnded = state == UInt8(ascii: "Z") || state == UInt8(ascii: "X")
    isStopped = state == UInt8(ascii: "T") || state == UInt8(ascii: "t")
    self.parent = parent
    self.group = group
    processorTicks = own + system
    startTicks = start
  }
}
