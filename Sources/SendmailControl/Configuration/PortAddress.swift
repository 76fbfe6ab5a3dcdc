// SPDX-License-Identifier: Apache-2.0

/// The place where a port of `DaemonPortOptions` listens.
package enum PortAddress: Sendable, Hashable {
  /// An address in network order, all 0 for every address; `nil` for a name that was not
  /// looked up.
  case internet([UInt8]?, port: UInt16)
  /// The path of a local socket.
  case local(path: [UInt8])
  /// A place that is not known.
  case unknown(reason: String)
}
