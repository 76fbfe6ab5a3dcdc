// SPDX-License-Identifier: GPL-3.0-or-later

import TestSupport

@testable import SendmailControlClient

enum KernelSockets {
  /// True if this kernel tells the files and the queues of sockets: it may be built without that, and a
  /// sandbox may forbid the question. In CI that is a failure.
  static let areTold = WantedTests.mayExpect(
    (try? SockDiag.listeningSockets()) != nil,
    otherwise: "the kernel does not tell the files and queues of sockets")
}
