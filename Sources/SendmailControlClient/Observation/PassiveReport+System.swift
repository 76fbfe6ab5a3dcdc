// SPDX-License-Identifier: Apache-2.0

package import SendmailControl
internal import SystemSupport

extension PassiveReport {
  /// A report of `observation`, which has just been made.
  package init(
    now observation: DaemonObservation, limit: ChildLimit?, isWithheld: Bool = false,
    running: RunningDaemon? = nil
  ) {
    self.init(
      observation, host: Machine.live().hostName, time: CalendarTime(),
      sinceBoot: BootTime.now().elapsed, limit: limit, isWithheld: isWithheld,
      running: running)
  }
}
