// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

extension Target {
  /// Checks that sendmail would start with the daemon's configuration. A user who may not read it is
  /// informed and not refused: a daemon reads its configuration as root. Of a socket that was named alone no configuration
  /// is known, unless sendmail's own file names the same socket.
  ///
  /// - Parameter operation: the operation that starts sendmail, for messages.
  /// - Throws: ``CommandFailure`` with ``ExitStatus/refused`` when sendmail would not start.
  func checkStartup(for operation: String) throws(CommandFailure) {
    guard let configuration = configuration() else {
      if isSocketNamed, !choice.isExplicit, (try? Stat(choice.file)) == nil { return }
      return note("\(operation): not checked whether sendmail would start: \(whyUnchecked)")
    }
    let queues = QueueDirectories(of: configuration, in: choice.files)
    let report = StartupReport(
      configuration, queues: queues, unchecked: choice.files.uncheckedPaths)
    guard !context.interruption.hasHappened else {
      throw CommandFailure(.interrupted, "\(operation): interrupted; nothing was sent or started")
    }
    for line in report.uncheckedLines { note("\(operation): \(line)") }
    guard !report.wouldStart else { return }
    guard !report.isCertain else { throw CommandFailure(report, refusing: operation) }
    for reason in report.reasons {
      note("\(operation): not checked whether sendmail has this class of maps: \(reason)")
    }
  }

  private var whyUnchecked: String {
    do {
      _ = try choice.read()
      return "\(choice.file.escaped) is for another socket; name the daemon's file with -C"
    } catch {
      return error.lines[0]
    }
  }

  private func note(_ text: String) {
    if context.shell?.shouldWarn(text) != false { context.console.complain([text]) }
  }
}
