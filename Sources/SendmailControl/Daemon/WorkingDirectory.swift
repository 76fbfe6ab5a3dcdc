// SPDX-License-Identifier: Apache-2.0

/// The base queue directory of a configuration compared with the directory in which its daemon works.
///
/// sendmail changes to its base queue directory when it starts, and stays there: when the directory is moved,
/// replaced or mounted over, its queue is still the old one.
package struct WorkingDirectory: Sendable, Equatable {
  /// The daemon's process id.
  package var process: Int32
  /// The base queue directory of the configuration.
  package var configured: [UInt8]
  /// The daemon's working directory, as the kernel names it.
  package var actual: Fact<[UInt8]>
  /// True if both are the same directory; `nil` when that is not known.
  package var isSame: Bool?

  /// A comparison.
  package init(process: Int32, configured: [UInt8], actual: Fact<[UInt8]>, isSame: Bool?) {
    self.process = process
    self.configured = configured
    self.actual = actual
    self.isSame = isSame
  }

  /// The difference as a sentence, without a prefix; `nil` when there is none, or none is known.
  package var difference: String? {
    guard isSame == false, let actual = actual.value else { return nil }
    let configured = TerminalEscaping.escape(self.configured)
    let place =
      actual == self.configured
      ? "in another directory than the one that is now at \(configured)"
      : "in \(TerminalEscaping.escape(actual)), not in \(configured)"
    return """
      the daemon, process \(process), works \(place): it was started with another QueueDirectory, or \
      the directory was moved, replaced or mounted over since; its messages are not those in \
      \(configured)
      """
  }
}
