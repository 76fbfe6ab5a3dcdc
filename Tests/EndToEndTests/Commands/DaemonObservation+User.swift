// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl

extension DaemonObservation {
  /// A daemon that `user` has started, of which nothing else is known.
  static func daemon(of user: UInt32) -> DaemonObservation {
    var observation = DaemonObservation(of: DaemonPlace())
    observation.pidFile = .known(PIDFileFacts(processID: 1, isLocked: true, lockHolder: 1))
    observation.namedProcess = .known(ObservedProcess(pid: 1, realUser: user))
    return observation
  }
}
