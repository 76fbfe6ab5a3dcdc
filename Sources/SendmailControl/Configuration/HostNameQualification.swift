// SPDX-License-Identifier: Apache-2.0

extension SendmailConfiguration {
  /// A note when sendmail waits at start for a better name of the host; `nil` when it does not, or that is not known.
  package var hostNameNote: String? { machine.hostNameNote() }
}

/// The search of sendmail for its own name with a domain (`myhostname` in sendmail's `daemon.c`).
package enum HostNameQualification {
  /// Returns a note if sendmail finds no domain for the host name `name`, for then it waits a minute at each start;
  /// `nil` when it finds one, or may find one in a database that is not asked here.
  ///
  /// `hosts`, `switchFile` and `resolver` are the contents of `/etc/hosts`, `/etc/nsswitch.conf` and
  /// `/etc/resolv.conf`.
  package static func note(
    on name: [UInt8], hosts: [UInt8], switchFile: [UInt8], resolver: [UInt8]
  ) -> String? {
    guard !name.isEmpty, !name.contains(ASCII.dot) else { return nil }
    let names = lines(of: hosts).map { $0.dropFirst() }
    let own = names.filter { $0.contains(OptionWords.folded(name)) }.joined()
    // sendmail does not wait for a name that it finds nowhere.
    guard !own.isEmpty, !own.contains(where: { $0.contains(".") }) else { return nil }
    let sources = lines(of: switchFile).first { $0.first == "hosts:" }?.dropFirst() ?? []
    let asked = sources.filter { !$0.hasPrefix("[") && $0 != "files" }
    // DNS is asked for the name in the domains of the resolver; without them no answer has a domain.
    let hasDomain = lines(of: resolver).contains { ["search", "domain"].contains($0.first) }
    guard asked.allSatisfy({ $0 == "dns" && !hasDomain }) else { return nil }
    return """
      host name \(TerminalEscaping.escape(name)) has no domain: sendmail waits a minute at each start
      """
  }

  /// The words of the lines of `text`, in small letters and without comments.
  private static func lines(of text: [UInt8]) -> [[String]] {
    text.split(separator: ASCII.lineFeed).map { line in
      line.prefix { $0 != ASCII.numberSign }.split(whereSeparator: ASCII.isSpace)
        .map(OptionWords.folded)
    }
  }
}
