// SPDX-License-Identifier: Apache-2.0

extension SendmailConfiguration {
  /// Limits that never act because another one acts first, a sentence each. sendmail says nothing of
  /// them.
  package var ineffectiveLimits: [String] {
    loadLimits(queue: queueLA, refuse: refuseLA, delay: delayLA, of: nil)
      + queueLimits
      + daemonPorts.flatMap { port in
        guard port.queueLA ?? port.refuseLA ?? port.delayLA != nil else {
          return childrenLimit(of: port)
        }
        return loadLimits(
          queue: port.queueLA ?? queueLA, refuse: port.refuseLA ?? refuseLA,
          delay: port.delayLA ?? delayLA, of: port) + childrenLimit(of: port)
      }
  }

  private func loadLimits(queue: Int, refuse: Int, delay: Int, of port: DaemonPort?) -> [String] {
    guard refuse > 0 else { return [] }
    let names =
      port == nil
      ? (queue: "QueueLA", refuse: "RefuseLA", delay: "DelayLA")
      : (queue: "queueLA", refuse: "refuseLA", delay: "delayLA")
    let place = port.map { " of port \(TerminalEscaping.escape($0.name))" } ?? ""
    var notes: [String] = []
    if queue > refuse {
      notes.append(
        """
        \(names.queue) \(queue)\(place) is above \(names.refuse) \(refuse): connections are refused \
        before messages are only queued
        """)
    }
    if delay > refuse {
      notes.append(
        """
        \(names.delay) \(delay)\(place) is above \(names.refuse) \(refuse): connections are refused \
        before they are delayed
        """)
    }
    return notes
  }

  private var queueLimits: [String] {
    let runners = maximumRunnersPerQueue
    let children = maximumQueueChildren
    guard children > 0, runners > children else { return [] }
    return [
      """
      MaxRunnersPerQueue \(runners) is above MaxQueueChildren \(children): no group ever has so many \
      runners
      """
    ]
  }

  private func childrenLimit(of port: DaemonPort) -> [String] {
    guard let children = port.maximumChildren, maximumDaemonChildren > 0,
      children > maximumDaemonChildren
    else { return [] }
    return [
      """
      children \(children) of port \(TerminalEscaping.escape(port.name)) is above MaxDaemonChildren \
      \(maximumDaemonChildren): the daemon's own limit is reached first
      """
    ]
  }
}
