// SPDX-License-Identifier: GPL-3.0-or-later

internal import ControlClient
internal import Glibc
internal import SendmailControl
internal import SystemPackage

/// Where a command's output goes, and standard error.
struct Console: Sendable {
  /// Where output goes: standard output, unless a line of the shell says otherwise.
  let output: FileDescriptor
  /// What that is called in messages.
  let outputName: String
  /// Which line of a script is run, for messages, such as `line 3: `; empty for none.
  var origin = ""
  /// Whether output goes to a terminal.
  let isTerminal: Bool
  /// How a reply is printed when nothing else was asked for.
  var defaultFormat: OutputFormat { isTerminal ? .terminal : .classic }
  /// Ends a write that nobody reads.
  let interruption: Interruption

  init(
    interruption: Interruption, output: FileDescriptor = .standardOutput,
    outputName: String = "standard output"
  ) {
    self.interruption = interruption
    self.output = output
    self.outputName = outputName
    isTerminal = isatty(output.rawValue) != 0
  }

  /// The same with its output elsewhere.
  func writing(to output: FileDescriptor, called name: String) -> Console {
    var console = Console(interruption: interruption, output: output, outputName: name)
    console.origin = origin
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
  ///   ``ExitStatus/interrupted`` when a signal comes while nobody reads.
  func write(_ bytes: ArraySlice<UInt8>) throws(CommandFailure) {
    var rest = bytes
    while !rest.isEmpty {
      do {
        let count = try unsafe rest.withUnsafeBytes { buffer in
          unsafe try output.write(buffer, retryOnInterrupt: false)
        }
        rest = rest.dropFirst(count)
      } catch let error as Errno where error == .interrupted {
        guard interruption.signal == nil else { throw CommandFailure(.interrupted, []) }
      } catch let error as Errno where error == .resourceTemporarilyUnavailable {
        waitForOutput()
      } catch let error as Errno where error == .brokenPipe {
        throw CommandFailure(.brokenPipe, [])
      } catch {
        throw CommandFailure(.inputOutputError, "\(outputName): write: \(error)")
      }
    }
  }

  /// Writes `document` to the output as one line of JSON.
  func writeJSON(_ document: some Encodable) throws(CommandFailure) {
    let text: String
    do {
      text = try JSONText.make(document)
    } catch {
      throw CommandFailure(.software, "JSON: \(error)")
    }
    try write(text)
  }

  /// Somebody may have set the terminal or pipe we share with them to non-blocking.
  private func waitForOutput() {
    var descriptor = pollfd(fd: output.rawValue, events: Int16(POLLOUT), revents: 0)
    _ = unsafe poll(&descriptor, 1, -1)
  }

  /// Writes `lines` to standard error, each with the program's name before it. What cannot be
  /// written there cannot be said anywhere.
  func complain(_ lines: [String]) {
    for line in lines {
      _ = try? FileDescriptor.standardError.writeAll("smcontrol: \(origin)\(line)\n".utf8)
    }
  }

  /// Writes a warning to standard error.
  func warn(_ text: String) {
    complain(["warning: \(text)"])
  }
}
