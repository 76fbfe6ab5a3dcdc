// SPDX-License-Identifier: GPL-3.0-or-later

import TestSupport

@testable import ControlClient

enum KernelSockets {
  /// Whether this kernel tells the files and the queues of sockets: it may be built without that, and a
  /// sandbox may forbid the question. What tests expect of it is then not to be seen.
  static let areTold: Bool = {
    let areTold = (try? SocketDiagnosis.listeningSockets()) != nil
    if !areTold { SkipNotice.print("the kernel does not tell the files and queues of sockets") }
    return areTold
  }()
}
