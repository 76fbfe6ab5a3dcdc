// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl

extension MonitoringFacts {
  /// A daemon that runs with 2 of 40 children, with all facts known, and three messages in two groups.
  static let normal: MonitoringFacts = {
    var facts = MonitoringFacts(time: QueueReport.now)
    facts.daemon = .known(PassiveTextTests.normal)
    facts.daemonStart = .known(QueueReport.now - 3600)
    facts.thresholds = .known(
      StatusThresholds(
        queueLA: 8, refuseLA: 12, minimumFreeBlocks: 100, sharedMemoryKey: 0, daemonNames: []))
    facts.maximumChildren = .known(40)
    facts.load = .known(0.4249)
    facts.space = .known([
      system("/var/spool/mqueue", 1, 2_000_000, ["mqueue"]),
      system("/var/spool/mqueue/slow", 2, 500, ["slow"]),
    ])
    facts.queues = .known([
      QueueReport.queues(
        "/etc/mail/sendmail.cf",
        [
          .group("mqueue", [.counted("q1", [60, 240])]),
          .group("slow", [.counted("slow", [90_000])]),
        ])
    ])
    facts.startup = .known(startup([]))
    facts.audits = .known([])
    facts.ports = .known([
      StatusReport.port("MTA", 25, .open), StatusReport.port("MSA", 587, .disabled),
    ])
    facts.configurationAge = .known(age(-3600, ["/etc/mail/sendmail.cf": -7200]))
    return facts
  }()

  /// The same with `change` made.
  func changed(_ change: (inout MonitoringFacts) -> Void) -> MonitoringFacts {
    var facts = self
    change(&facts)
    return facts
  }

  /// The same with this DelayLA and this load.
  func delaying(_ delayLA: Int, at load: Double) -> MonitoringFacts {
    changed { facts in
      guard var thresholds = facts.thresholds.value else { return }
      thresholds.delayLA = delayLA
      facts.thresholds = .known(thresholds)
      facts.load = .known(load)
    }
  }

  /// The same with one file system, of so many free KiB and inodes.
  func spaced(_ free: Int, isReadOnly: Bool = false, inodes: Int? = nil) -> MonitoringFacts {
    changed {
      $0.space = .known([
        QueueFileSystem(
          path: Array("/q".utf8), device: 1,
          info: FileSystemInfo(
            blockSize: 4096, freeSpace: free, isReadOnly: isReadOnly, freeInodes: inodes),
          groups: [])
      ])
    }
  }

  /// The same with another observation.
  func observing(_ change: (inout DaemonObservation) -> Void) -> MonitoringFacts {
    changed { facts in
      guard var observation = facts.daemon.value else { return }
      change(&observation)
      facts.daemon = .known(observation)
    }
  }

  /// The same with the process title `title`.
  func titled(_ title: String, isStopped: Bool = false) -> MonitoringFacts {
    observing {
      $0.namedProcess = .known(
        ObservedProcess(
          pid: 12, name: Array("sendmail".utf8), commandLine: Array("sendmail: \(title)\0".utf8),
          isStopped: isStopped))
    }
  }

  /// The same with these directories in the group `mqueue`.
  func queueing(_ directories: QueueReport.Directory...) -> MonitoringFacts {
    changed {
      $0.queues = .known([
        QueueReport.queues("/etc/mail/sendmail.cf", [.group("mqueue", directories)])
      ])
    }
  }

  /// The same with a reply of a daemon with `title` and these numbers of children.
  func answered(_ title: String, _ children: Int, of maximum: Int) -> MonitoringFacts {
    changed { facts in
      let reply = "\(children)/\(maximum)/1000/0\r\n12 \(title)\r\n"
      facts.reply =
        (try? DaemonStatus(
          parsing: Array(reply.utf8), identity: DaemonIdentity(listener: 12)))
        .map { .known(.replied($0)) } ?? .notAsked
    }
  }

  /// A configuration that was read so many seconds after now, and files that changed so many seconds after now.
  static func age(_ read: Int?, _ files: [String: Int?]) -> ConfigurationAge {
    func moment(_ time: Int) -> ConfigurationAge.Moment {
      ConfigurationAge.Moment(
        sinceEpoch: .seconds(QueueReport.now + time),
        local: CalendarTime(year: 2026, month: 11, day: 21, hour: 7, minute: 3, second: 20))
    }
    return ConfigurationAge(
      read: read.map { .known(moment($0)) } ?? .unknown(reason: "Permission denied"),
      files: files.sorted { $0.key < $1.key }.map { path, time in
        ConfigurationAge.File(
          Array(path.utf8), path.hasSuffix(".cf") ? .configuration : .classFile,
          modified: time.map { .known(moment($0)) } ?? .absent)
      })
  }

  private static func system(
    _ path: String, _ device: UInt64, _ free: Int, _ groups: [String]
  ) -> QueueFileSystem {
    QueueFileSystem(
      path: Array(path.utf8), device: device,
      info: FileSystemInfo(blockSize: 4096, freeSpace: free), groups: groups.map { Array($0.utf8) })
  }

  /// The outcome of a start with `lines`, where the paths `unchecked` were not looked up.
  static func startup(_ lines: [String], unchecked: Set<[UInt8]> = []) -> StartupReport {
    let configuration = SendmailConfiguration(
      parsing: Array(
        (["V10", "Mlocal, P=/x, A=a", "O QueueDirectory=/etc"] + lines).joined(separator: "\n").utf8
      ),
      file: "/etc/mail/x.cf", accounts: StartupCase.machine, machine: .reference,
      conditions: ReadingConditions(files: StartupCase.machine, isDefaultFile: false))
    return StartupReport(
      configuration, queues: QueueDirectories(of: configuration, in: StartupCase.machine),
      unchecked: unchecked)
  }
}
