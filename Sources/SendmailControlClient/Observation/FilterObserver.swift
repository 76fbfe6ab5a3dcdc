// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl

/// Observes whether mail filters listen, without a connection.
struct FilterObserver {
  private let sources: ObservationSources

  /// An observer that asks `sources`.
  init(sources: ObservationSources = .live) {
    self.sources = sources
  }

  /// Observes `filters`, in order; those at other machines are left out.
  func observe(_ filters: [ConfiguredFilter]) -> [FilterObservation] {
    filters.compactMap { filter in
      filter.place.family == .unix ? local(filter) : internet(filter)
    }
  }

  private func local(_ filter: ConfiguredFilter) -> FilterObservation {
    let path = filter.place.address ?? []
    // sendmail looks for a relative path in its queue directory, which only a daemon has.
    guard path.first == ASCII.slash else {
      return FilterObservation(
        filter, address: TerminalEscaping.escape(path),
        hasListener: .unknown(reason: "its path is relative"))
    }
    let listeners = DaemonObserver(DaemonPlace(socket: path), sources: sources)
      .observe([.files, .listeners]).listeners
    let hasListener: Fact<Bool> =
      switch listeners {
      case .known(let sockets): .known(!sockets.isEmpty)
      case .absent: .known(false)
      case .notAsked: .notAsked
      case .unknown(let reason, let isForbidden):
        .unknown(reason: reason, isForbidden: isForbidden)
      }
    return FilterObservation(
      filter, address: TerminalEscaping.escape(path), hasListener: hasListener)
  }

  private func internet(_ filter: ConfiguredFilter) -> FilterObservation? {
    guard filter.place.isAtLoopback else { return nil }
    let port = PortObserver(sources: sources).observe([filter.place], daemon: nil, isNaming: false)[
      0]
    let hasListener: Fact<Bool> =
      switch port.state {
      case .open, .taken: .known(true)
      case .closed, .disabled: .known(false)
      case .unknown(let reason): .unknown(reason: reason)
      }
    return FilterObservation(filter, address: port.address, hasListener: hasListener)
  }
}
