// SPDX-License-Identifier: Apache-2.0

/// A fault and the number of connections that it is for.
struct FaultInjection: Sendable {
  let fault: Fault
  /// The number of connections that will meet it; `nil` for all.
  private(set) var connections: Int?

  /// An injection, or `nil` when there is no connection for it.
  init?(fault: Fault, connections: Int?) {
    if let connections, connections <= 0 { return nil }
    self.fault = fault
    self.connections = fault == .fullListenQueue ? nil : connections
  }

  /// Returns the injection that is left after one more connection.
  func afterConnection() -> FaultInjection? {
    FaultInjection(fault: fault, connections: connections.map { $0 - 1 })
  }
}
