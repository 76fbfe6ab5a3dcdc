// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// The load of the machine.
package enum MachineLoad {
  /// The one-minute load average (`getloadavg`), or `nil` when the system does not tell.
  package static var average: Double? {
    var load = 0.0
    return unsafe getloadavg(&load, 1) == 1 ? load : nil
  }
}
