// SPDX-License-Identifier: GPL-3.0-or-later

/// A part of the core that takes any bytes, and what must be true of it for all of them.
public enum FuzzTarget: String, Sendable, CaseIterable {
  /// The reader of sendmail.cf, with what is shown of a configuration.
  case configuration
  /// The reader of replies to `status`, with all formats they are shown in.
  case status
  /// The same for `mstat`.
  case mstat
  /// The daemon's reader of requests.
  case request
  /// The escaping of text for terminals.
  case text
  /// The reader of control files of queues, with all formats their contents are shown in.
  case queue
  /// The reader of statistics files, with all formats that they are shown in.
  case statistics

  /// Returns the property that `bytes` break, in words; `nil` when they break none.
  public func complaint(about bytes: [UInt8]) -> String? {
    switch self {
    case .configuration: ConfigurationProperties.complaint(about: bytes)
    case .status: StatusProperties.complaint(about: bytes)
    case .mstat: MstatProperties.complaint(about: bytes)
    case .request: RequestProperties.complaint(about: bytes)
    case .text: TextProperties.complaint(about: bytes)
    case .queue: QueueProperties.complaint(about: bytes)
    case .statistics: StatisticsProperties.complaint(about: bytes)
    }
  }
}
