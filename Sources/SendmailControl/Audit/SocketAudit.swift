// SPDX-License-Identifier: Apache-2.0

/// The audit of the control socket: its path by sendmail's own walk, the file there, its listener.
struct SocketAudit {
  private let context: AuditContext
  private var files: any FileView { context.files }
  private var accounts: any Accounts { context.accounts }
  private var identity: AuditIdentity { context.identity }

  init(_ context: AuditContext) {
    self.context = context
  }

  func group() -> AuditReport.Group {
    let configuration = context.configuration
    let file = Array(configuration.file.utf8)
    guard let path = configuration.controlSocket.path else {
      var group = AuditReport.Group(.socket, file)
      if !context.isClient {
        group.findings = [
          Finding(
            .socketNotSet, file,
            "\(context.file) does not set ControlSocketName, or sets it to an empty value",
            remediation: [Self.safeSetting])
        ]
      }
      return group
    }
    if context.isClient {
      var group = AuditReport.Group(.socket, path.absolute)
      group.findings = [
        Finding(
          .socketUnused, path.absolute,
          "\(context.file) sets it; the mail submission program does not use it")
      ]
      return group
    }
    return audit(path)
  }

  private func audit(_ path: ControlSocketPath) -> AuditReport.Group {
    let place = SocketPlace(path)
    var group = AuditReport.Group(.socket, place.shown(path.name))
    if !path.isAbsolute {
      // sendmail's walk begins at the base; the directories above it are part of the path all the same.
      group.components.append(AuditWalk(to: path.base, in: files).steps, accounts: accounts)
      group.findings.append(
        Finding(
          .socketRelative, group.path,
          "\(TerminalEscaping.escape(path.name)) is relative to \(TerminalEscaping.escape(path.base))"
        ))
      if path.name.count <= ControlLimits.longestSocketPath,
        group.path.count > ControlLimits.longestSocketPath
      {
        group.findings.append(
          Finding(
            .socketUnreachable, group.path, "the absolute path has \(group.path.count) bytes",
            remediation: [Self.safeSetting]))
      }
    }
    let rules = rules(for: path, at: place)
    let verdict = PathSafety(rules: rules).check(path.name) { files.lookup(place.absolute($0)) }
    let steps = verdict.steps.map { PathStep(path: place.shown($0.path), facts: $0.facts) }
    group.components.append(steps, accounts: accounts)
    let directory = SocketDirectoryAudit(context: context, steps: steps, rules: rules)
    for (index, broken) in verdict.findings.enumerated() {
      var shown = PathFinding(
        rule: broken.rule, path: place.shown(broken.path), facts: broken.facts)
      if broken.rule == .notADirectory, let obstacle = Self.obstacle(among: steps) {
        shown = PathFinding(rule: broken.rule, path: obstacle, facts: nil)
      }
      if let unchecked = Unchecked(shown.path, broken.rule) {
        group.unchecked.append(unchecked)
        group.components.append(shown.path, nil, accounts: accounts)
        continue
      }
      var finding = SocketRefusal(context: context, socket: group.path).finding(shown)
      if index == 0 { finding = finding.appending(logLine(for: path, broken.rule)) }
      group.components.append(shown.path, shown.facts, accounts: accounts)
      group.findings.append(finding)
    }
    group.findings += directory.findings(
      besides: Set(group.findings.filter { $0.rule == .socketDirectoryRefuses }.map(\.path)))
    if let facts = verdict.existing {
      group.components.append(group.path, facts, accounts: accounts)
      group.findings += SocketFileAudit(context: context, path: group.path, facts: facts)
        .findings(isAllowed: verdict.isAllowed)
    }
    if let last = steps.last(where: { $0.facts.kind == .directory }) {
      group.findings += directory.platformNote(of: last)
    }
    let listening = ListenerAudit(context: context, path: group.path, existing: verdict.existing)
    group.findings += listening.findings
    group.unchecked += listening.unchecked + pidFile
    return group
  }

  /// The first component that must be a directory and is not, as far as the walk came.
  private static func obstacle(among steps: [PathStep]) -> [UInt8]? {
    steps.first { step in
      if case .symbolicLink = step.facts.kind { return false }
      return step.facts.kind != .directory
    }?.path
  }

  /// The rules, including those of the run-as user's groups that the path's components belong to.
  private func rules(for path: ControlSocketPath, at place: SocketPlace) -> PathSafetyRules {
    let verdict = PathSafety(rules: identity.rules(for: [])).check(path.name) {
      files.lookup(place.absolute($0))
    }
    var groups = Set(verdict.steps.map(\.facts.group))
    if let facts = verdict.existing { groups.insert(facts.group) }
    return identity.rules(for: groups)
  }

  /// The message that sendmail logs for the rule that it stops at.
  private func logLine(for path: ControlSocketPath, _ rule: PathRule) -> String {
    guard let reason = rule.reason else { return "" }
    return """
      ; when a daemon starts, it logs "daemon could not open control socket \
      \(TerminalEscaping.escape(path.name)): \(reason)" and runs without a control socket
      """
  }

  /// The PID file, if it could not be read: then it is not known which process is the daemon.
  private var pidFile: [Unchecked] {
    guard let path = context.observation.place.pidFile,
      let reason = context.observation.pidFile.reason
    else { return [] }
    return [
      Unchecked(
        path, "the PID file: \(reason)", isForbidden: context.observation.pidFile.isForbidden)
    ]
  }

  /// A path that is safe where the queue directory is as documented.
  static let safeSetting = Remedy.setting("O ControlSocketName=/var/spool/mqueue/.control")
}

/// The absolute paths of a socket name, which may be relative to the base queue directory.
struct SocketPlace {
  private let base: [UInt8]

  init(_ path: ControlSocketPath) {
    base = path.base
  }

  /// Returns the path for system calls.
  func absolute(_ path: [UInt8]) -> [UInt8] {
    if path.first == ASCII.slash { return path }
    return (base.last == ASCII.slash ? base : base + [ASCII.slash]) + path
  }

  /// Returns the path to print: without the `.` that stands for the base itself.
  func shown(_ path: [UInt8]) -> [UInt8] {
    path == [ASCII.dot] ? base : absolute(path)
  }
}

/// The walk to a directory that is checked by other rules than sendmail's.
struct AuditWalk {
  /// Every directory and link on the path, the directory itself included.
  let steps: [PathStep]
  /// The component where the walk ended early, and the rule that it breaks; otherwise `nil`.
  let stop: PathFinding?

  init(to directory: [UInt8], in files: any FileView) {
    // These rules find nothing; only the steps and their end are of use.
    var walk = PathWalk(rules: PathSafetyRules(isDebugging: true))
    let isReached = walk.visit(directory: directory, lookup: files.lookup)
    steps = walk.steps
    stop = isReached ? nil : walk.findings.last
  }
}

extension Finding {
  /// Returns the finding with `text` appended to what was found.
  func appending(_ text: String) -> Finding {
    Finding(rule, path, found + text, remediation: remediation)
  }
}
