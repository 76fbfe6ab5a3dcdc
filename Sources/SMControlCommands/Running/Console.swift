// SPDX-License-Identifier: GPL-3.0-or-later

internal import ControlClient
internal import Glibc
internal import SendmailControl
internal import SystemPackage

/// Standard output and standard error.
struct Console: Sendable {
  /// Whether standard output is a terminal.
  let isTerminal = isatty(STDOUT_FILENO) != 0
  /// How a reply is printed when nothing else was asked for.
  var defaultFormat: OutputFormat { isTerminal ? .terminal : .classic }
  /// Ends a write that nobody reads.
  let interruption: Interruption

  /// Writes `text` to standard output.
  ///
  /// - Throws: ``CommandFailure``: ``ExitStatus/brokenPipe`` without a word when the reader has gone.
  func write(_ text: String) throws(CommandFailure) {
    try write(Array(text.utf8)[...])
  }

  /// Writes `bytes` to standard output.
  ///
  /// - Throws: ``CommandFailure``: ``ExitStatus/brokenPipe`` without a word when the reader has gone;
  ///   ``ExitStatus/interrupted`` when a signal comes while nobody reads.
  func write(_ bytes: ArraySlice<UInt8>) throws(CommandFailure) {
    var rest = bytes
    while !rest.isEmpty {
      do {
        let count = try unsafe rest.withUnsafeBytes { buffer in
          unsafe try FileDescriptor.standardOutput.write(buffer, retryOnInterrupt: false)
        }
        rest = rest.dropFirst(count)
      } catch let error as Errno where error == .interrupted {
        guard interruption.signal == nil else { throw CommandFailure(.interrupted, []) }
      } catch let error as Errno where error == .resourceTemporarilyUnavailable {
        waitForStandardOutput()
      } catch let error as Errno where error == .brokenPipe {
        throw CommandFailure(.brokenPipe, [])
      } catch {
        throw CommandFailure(.inputOutputError, "standard output: write: \(error)")
      }
    }
  }

  /// Warns of what sendmail itself would say about a configuration.
  func warn(of resolved: ResolvedConfiguration) {
    for diagnostic in resolved.diagnostics {
      warn(ConfigurationListing.text(of: diagnostic, file: resolved.configuration.file))
    }
  }

  /// Writes `document` to standard output as one line of JSON.
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
  private func waitForStandardOutput() {
    var descriptor = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
    _ = unsafe poll(&descriptor, 1, -1)
  }

  /// Writes `lines` to standard error, each with the program's name before it. What cannot be
  /// written there cannot be said anywhere.
  func complain(_ lines: [String]) {
    for line in lines {
      _ = try? FileDescriptor.standardError.writeAll("smcontrol: \(line)\n".utf8)
    }
  }

  /// Writes a warning to standard error.
  func warn(_ text: String) {
    complain(["warning: \(text)"])
  }
}
