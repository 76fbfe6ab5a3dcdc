// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl

enum ConfigurationProperties {
  static func complaint(about bytes: [UInt8]) -> String? {
    let lines = bytes.split(separator: ASCII.lineFeed, omittingEmptySubsequences: false)
    // Lines that begin so mean nothing in a file, and serve for a command line.
    let arguments = lines.filter { $0.starts(with: "-o".utf8) || $0.starts(with: "-O".utf8) }
      .map { Array($0) }
    let configuration = SendmailConfiguration(
      parsing: bytes, file: "F", overrides: OptionOverride.all(in: arguments))
    for diagnostic in configuration.diagnostics {
      guard case .line(let number, let position) = diagnostic.place else { continue }
      // sendmail counts a last line without a line feed one too low.
      guard (0...lines.count + 1).contains(number), (1...lines.count + 1).contains(position.line),
        position.column >= 1
      else { return "a message about line \(number), \(position), of \(lines.count)" }
    }
    return valueComplaint(configuration) ?? pictureComplaint(configuration)
  }

  private static func valueComplaint(_ configuration: SendmailConfiguration) -> String? {
    let paths = [
      configuration.queueDirectory, configuration.pidFile.bytes, configuration.helpFile ?? [],
      configuration.processTitlePrefix,
    ]
    // sendmail's own buffer for what macros become.
    if let long = paths.first(where: { $0.count > 4096 }) { return "\(long.count) bytes of a path" }
    // Any number may come out: sendmail's own arithmetic overflows.
    for timeout in TimeoutName.allCases { _ = configuration.timeout(timeout) }
    return nil
  }

  private static func pictureComplaint(_ configuration: SendmailConfiguration) -> String? {
    let resolved = ResolvedConfiguration(configuration, in: TwoDirectories())
    let queues = QueueDirectories(of: configuration, in: TwoDirectories())
    let listing = ConfigurationReport(resolved, queues: queues)
    let messages = configuration.diagnostics(with: queues).map {
      ConfigurationReport.text(of: $0, file: "x.cf")
    }
    guard let json = try? JSONText.make(ConfigurationDocument(resolved, queues: queues)) else {
      return "no JSON can be made of it"
    }
    return Harm.complaint(about: listing.classic, in: "classic")
      ?? Harm.complaint(about: listing.terminal(TerminalStyle()), in: "terminal")
      ?? Harm.complaint(about: messages.joined(separator: "\n"), in: "the messages")
      ?? Harm.complaint(about: json, in: "json")
  }
}

/// Files in which every path is a directory that has two others in it.
private struct TwoDirectories: FileView {
  func lookup(_ path: [UInt8]) -> PathLookup {
    .found(FileFacts(kind: .directory, mode: 0o755, owner: 0, group: 0))
  }

  func lookupFollowingLinks(_ path: [UInt8]) -> PathLookup { lookup(path) }
  func details(of path: [UInt8]) -> FileDetails? { nil }
  func forEachEntry(
    in directory: [UInt8], _ body: (_ name: Span<UInt8>, _ mayBeDirectory: Bool) -> Void
  ) -> Bool {
    for name in ["q1", "q2"] { body(Array(name.utf8).span, true) }
    return true
  }
  func realPath(of directory: [UInt8]) -> [UInt8]? { directory }
}
