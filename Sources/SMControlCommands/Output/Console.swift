// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// The destination of a command's output, and standard error.
struct Console: Sendable {
  /// The destination of output: standard output, unless a line of the shell redirects it.
  private var output: DescriptorWriter
  /// The name of the destination in messages.
  private var outputName = "standard output"
  /// Standard error.
  private let errorOutput: DescriptorWriter
  /// The line of a script that is run, for messages, such as `line 3: `; empty for none.
  var origin = ""
  /// True if nothing is written, neither output nor messages.
  var isQuiet = false
  /// True if some of the output could not be written.
  var hasLostOutput: Bool { output.hasFailed }
  /// True if output goes to a terminal.
  var isTerminal: Bool { output.isTerminal }
  /// The format of a reply when none is asked for.
  var defaultFormat: OutputFormat { isTerminal ? .terminal : .classic }
  /// Ends a write without a reader.
  private let interruption: Interruption

  init(interruption: Interruption) {
    self.interruption = interruption
    output = DescriptorWriter(.standardOutput, interruption: interruption)
    errorOutput = DescriptorWriter(.standardError, interruption: interruption)
  }

  /// The same with its output elsewhere.
  func writing(to output: FileDescriptor, called name: String) -> Console {
    var console = self
    console.output = DescriptorWriter(output, interruption: interruption)
    console.outputName = name
    return console
  }

  /// Writes `text` to the output.
  ///
  /// - Throws: ``CommandFailure``: ``ExitStatus/brokenPipe`` without a word when the reader has gone.
  func write(_ text: String) throws(CommandFailure) {
    try write(Array(text.utf8)[...])
  }

  /// Writes `bytes` to the output.
  ///
  /// - Throws: ``CommandFailure``: ``ExitStatus/brokenPipe`` without a word when the reader has gone;
  ///   ``ExitStatus/interrupted`` when a signal comes while there is no reader.
  func write(_ bytes: ArraySlice<UInt8>) throws(CommandFailure) {
    guard !isQuiet else { return }
    do {
      try output.write(bytes)
    } catch .interrupted {
      throw CommandFailure(.interrupted, [])
    } catch .brokenPipe {
      throw CommandFailure(.brokenPipe, [])
    } catch {
      throw CommandFailure(.inputOutputError, "\(outputName): write: \(error)")
    }
  }

  /// Writes `report` to the output as one line of JSON.
  func writeJSON(_ report: some Report) throws(CommandFailure) {
    let text: String
    do {
      text = try report.json
    } catch {
      throw CommandFailure(.software, "JSON: \(error)")
    }
    try write(text)
  }

  /// Writes `lines` to standard error, each with the program's name before it. On a terminal they are folded
  /// between words.
  func complain(_ lines: [String]) {
    let columns = errorOutput.isTerminal ? Terminal.size(of: .standardError)?.columns : nil
    for line in lines {
      writeError(TextFolding.hanging("smcontrol: \(origin)\(line)", columns: columns))
    }
  }

  /// Writes `text` to standard error. What cannot be written there cannot be said anywhere.
  func writeError(_ text: String) {
    guard !isQuiet else { return }
    try? errorOutput.write(Array(text.utf8)[...])
  }

  /// Writes a warning to standard error.
  func warn(_ text: String) {
    complain(["warning: \(text)"])
  }
}
