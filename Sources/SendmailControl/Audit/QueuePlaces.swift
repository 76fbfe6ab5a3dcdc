// SPDX-License-Identifier: GPL-3.0-or-later

/// The queue directories of a configuration, as `setup_queues` in sendmail's `queue.c` finds them.
struct QueuePlaces {
  /// A directory, or what is in the way of one.
  struct Place {
    let path: [UInt8]
    let content: Content

    enum Content {
      case directory
      case finding(Finding)
      case unchecked(String)
    }
  }

  /// The places in the order of the groups, each directory once.
  private(set) var places: [Place] = []
  private let world: AuditWorld

  init(_ configuration: SendmailConfiguration, in world: AuditWorld) {
    self.world = world
    let base = configuration.baseQueueDirectory.path
    for group in configuration.queueGroups { add(group, base: base) }
    var seen: Set<[UInt8]> = []
    places = places.filter { seen.insert($0.path).inserted }
  }

  private mutating func add(_ group: QueueGroup, base: [UInt8]) {
    let path = Self.withoutSlashes(group.path)
    let prefix = base.last == ASCII.slash ? base : base + [ASCII.slash]
    guard path == base || path.starts(with: prefix) else {
      let name = HarmlessText.make(group.name)
      places.append(
        Place(
          path: path,
          content: .finding(
            Finding(
              .queueGroupOutside, path,
              "queue group \(name) has Path=\(HarmlessText.make(group.path))",
              remediation: [
                .setting("Q\(name), P=\(HarmlessText.make(prefix))\(name)")
              ]))))
      return
    }
    guard path.last == ASCII.asterisk, let slash = path.lastIndex(of: ASCII.slash) else {
      places.append(place(path))
      return
    }
    let stem = Array(path[(slash + 1)...].dropLast())
    addMatches(of: stem, in: slash == 0 ? [ASCII.slash] : Array(path[..<slash]), pattern: path)
  }

  private mutating func addMatches(
    of stem: [UInt8], in directory: [UInt8], pattern: [UInt8]
  ) {
    guard case .directory = place(directory).content else {
      places.append(place(directory))
      return
    }
    guard let names = world.names(directory) else {
      places.append(Place(path: directory, content: .unchecked("its entries: Permission denied")))
      return
    }
    let prefix = directory.last == ASCII.slash ? directory : directory + [ASCII.slash]
    var found = false
    for name in names.filter({ $0.starts(with: stem) }).sorted(by: Self.precedes) {
      let place = place(prefix + name)
      switch place.content {
      case .directory, .unchecked:
        found = true
        places.append(place)
      case .finding:
        // Queue files and the like stand beside the queues when the pattern is `*` alone.
        guard !stem.isEmpty else { continue }
        places.append(
          Place(
            path: place.path,
            content: .finding(
              Finding(
                .queueMatchSkipped, place.path,
                "\(HarmlessText.make(pattern)) matches it, and it is not a directory"))))
      }
    }
    guard !found else { return }
    places.append(
      Place(
        path: directory,
        content: .finding(
          Finding(
            .queueNoMatch, directory,
            "\(HarmlessText.make(pattern)) matches no directory",
            remediation: [makeDirectory(prefix + stem + Array("1".utf8))]))))
  }

  /// What is at `path`, links followed.
  private func place(_ path: [UInt8]) -> Place {
    switch world.directory(at: path) {
    case .found: return Place(path: path, content: .directory)
    case .failed(let rule):
      if let reason = AuditContext.reason(rule) {
        return Place(path: path, content: .unchecked(reason))
      }
      let isMissing = rule == .missing
      return Place(
        path: path,
        content: .finding(
          Finding(
            .queueMissing, path, isMissing ? "it does not exist" : "it is not a directory",
            remediation: isMissing ? [makeDirectory(path)] : [])))
    }
  }

  private func makeDirectory(_ path: [UInt8]) -> Remedy {
    .command("install -d -o root -m 0700", path)
  }

  private static func withoutSlashes(_ path: [UInt8]) -> [UInt8] {
    var path = path
    while path.count > 1, path.last == ASCII.slash { path.removeLast() }
    return path
  }

  private static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.lexicographicallyPrecedes(right)
  }
}
