// SPDX-License-Identifier: Apache-2.0

package import SystemPackage

/// A step of an exchange, for a trace.
package enum TraceEvent: Sendable {
  /// A connection is about to be tried.
  case connecting(FilePath)
  /// The connection stands; the kernel says who listens.
  case connected(PeerCredentials?)
  /// Bytes went out.
  case sent([UInt8])
  /// Bytes came in.
  case received(ArraySlice<UInt8>)
  /// The reply ended: by end of file, or by a reset after data.
  case ended(byReset: Bool)
}

/// Receives each step of an exchange as it happens.
package typealias Trace = @Sendable (TraceEvent) -> Void
