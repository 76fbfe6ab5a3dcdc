// SPDX-License-Identifier: GPL-3.0-or-later

/// The control socket: its path by sendmail's own walk, what stands there, and who listens.
struct SocketAudit {
  private let context: AuditContext
  private var world: AuditWorld { context.world }
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
            .socketNotSet, file, "\(context.file) sets no ControlSocketName, or an empty one",
            mending: [Self.setting])
        ]
      }
      return group
    }
    if context.isClient {
      var group = AuditReport.Group(.socket, path.absolute)
      group.findings = [
        Finding(
          .socketUnused, path.absolute,
          "\(context.file) sets it; the mail submission program does not")
      ]
      return group
    }
    return audit(path)
  }

  private func audit(_ path: ControlSocketPath) -> AuditReport.Group {
    let place = SocketPlace(path)
    var group = AuditReport.Group(.socket, place.shown(path.name))
    if !path.isAbsolute {
      // What lies above the base is none of sendmail's walk, but part of the path all the same.
      group.ladder.append(AuditWalk(to: path.base, in: world).steps, in: world)
      group.findings.append(
        Finding(
          .socketRelative, group.path,
          "\(HarmlessText.make(path.name)) is relative to \(HarmlessText.make(path.base))"))
      if path.name.count <= ControlLimits.longestSocketPath,
        group.path.count > ControlLimits.longestSocketPath
      {
        group.findings.append(
          Finding(
            .socketUnreachable, group.path, "the absolute path has \(group.path.count) bytes",
            mending: [Self.setting]))
      }
    }
    let rules = rules(for: path, at: place)
    let verdict = PathSafety(rules: rules).check(path.name) { world.lookup(place.absolute($0)) }
    let steps = verdict.steps.map { PathStep(path: place.shown($0.path), facts: $0.facts) }
    group.ladder.append(steps, in: world)
    let directory = SocketDirectoryAudit(context: context, steps: steps, rules: rules)
    for (index, broken) in verdict.findings.enumerated() {
      var shown = PathFinding(
        rule: broken.rule, path: place.shown(broken.path), facts: broken.facts)
      if broken.rule == .notADirectory, let obstacle = Self.obstacle(among: steps) {
        shown = PathFinding(rule: broken.rule, path: obstacle, facts: nil)
      }
      if let reason = AuditContext.reason(broken.rule) {
        group.unseen.append(Unseen(shown.path, reason))
        group.ladder.append(shown.path, nil, in: world)
        continue
      }
      var finding = SocketRefusal(context: context, socket: group.path).finding(shown)
      if index == 0 { finding = finding.adding(logLine(for: path, broken.rule)) }
      group.ladder.append(shown.path, shown.facts, in: world)
      group.findings.append(finding)
    }
    group.findings += directory.findings(
      besides: Set(group.findings.filter { $0.rule == .socketDirectoryRefuses }.map(\.path)))
    if let facts = verdict.existing {
      group.ladder.append(group.path, facts, in: world)
      group.findings += SocketFileAudit(context: context, path: group.path, facts: facts)
        .findings(isAllowed: verdict.isAllowed)
    }
    if let last = steps.last(where: { $0.facts.kind == .directory }) {
      group.findings += directory.platformNote(of: last)
    }
    let listening = ListenerAudit(context: context, path: group.path, isThere: verdict.existing)
    group.findings += listening.findings
    group.unseen += listening.unseen + context.sight.unseen
    return group
  }

  /// What stands where a directory should, as far as the walk came.
  private static func obstacle(among steps: [PathStep]) -> [UInt8]? {
    steps.first { step in
      if case .symbolicLink = step.facts.kind { return false }
      return step.facts.kind != .directory
    }?.path
  }

  /// The rules, with the run-as user's groups among those that are met on the way.
  private func rules(for path: ControlSocketPath, at place: SocketPlace) -> PathSafetyRules {
    let verdict = PathSafety(rules: identity.rules(for: [])).check(path.name) {
      world.lookup(place.absolute($0))
    }
    var groups = Set(verdict.steps.map(\.facts.group))
    if let facts = verdict.existing { groups.insert(facts.group) }
    return identity.rules(for: groups)
  }

  /// What sendmail logs of the rule that it stops at.
  private func logLine(for path: ControlSocketPath, _ rule: PathRule) -> String {
    guard let reason = rule.reason else { return "" }
    return """
      ; a daemon that starts logs "daemon could not open control socket \
      \(HarmlessText.make(path.name)): \(reason)" and runs without one
      """
  }

  /// A path that is safe where the documentation's queue directory is.
  static let setting = Mending.setting("O ControlSocketName=/var/spool/mqueue/.control")
}

/// Where a socket's name leads from: relative ones from the base queue directory.
struct SocketPlace {
  private let base: [UInt8]

  init(_ path: ControlSocketPath) {
    base = path.base
  }

  /// The path for the system.
  func absolute(_ path: [UInt8]) -> [UInt8] {
    if path.first == ASCII.slash { return path }
    return (base.last == ASCII.slash ? base : base + [ASCII.slash]) + path
  }

  /// The path for people: without the `.` that stands for the base itself.
  func shown(_ path: [UInt8]) -> [UInt8] {
    path == [ASCII.dot] ? base : absolute(path)
  }
}

/// The walk to a directory that is judged by other rules than sendmail's.
struct AuditWalk {
  /// Every directory and link on the way, the directory itself included.
  let steps: [PathStep]
  /// Where the walk ended early, and why.
  let stop: PathFinding?

  init(to directory: [UInt8], in world: AuditWorld) {
    // These rules find nothing: only steps, and where they end.
    var walk = PathWalk(rules: PathSafetyRules(isDebugging: true))
    let isReached = walk.visit(directory: directory, lookup: world.lookup)
    steps = walk.steps
    stop = isReached ? nil : walk.findings.last
  }
}

extension Finding {
  /// The finding with `text` behind what was found.
  func adding(_ text: String) -> Finding {
    Finding(rule, path, found + text, mending: mending)
  }
}
