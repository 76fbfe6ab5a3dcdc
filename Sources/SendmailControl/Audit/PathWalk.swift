// SPDX-License-Identifier: Apache-2.0

/// The walk along a path, directory by directory, as in `safedirpath`.
struct PathWalk {
  let rules: PathSafetyRules
  private(set) var findings: [PathFinding] = []
  private(set) var steps: [PathStep] = []
  /// The paths that have been checked, including links with all they lead to.
  private var finished: Set<[UInt8]> = []

  init(rules: PathSafetyRules) {
    self.rules = rules
  }

  /// Checks every directory of `path`, follows links, and returns whether it reached the end.
  ///
  /// `path` is a directory; empty means the root. `checked` is the length of the prefix that has
  /// been checked before. `depth` is the number of links followed so far.
  mutating func visit(
    directory path: [UInt8], skipping checked: Int = 0, depth: Int = 0,
    lookup: ([UInt8]) -> PathLookup
  ) -> Bool {
    guard depth <= PathSafety.maximumLinks else {
      findings.append(PathFinding(rule: .tooManyLinks, path: path, facts: nil))
      return false
    }
    for prefix in Self.prefixes(of: path.isEmpty ? [ASCII.slash] : path)
    where prefix.count > checked && !finished.contains(prefix) {
      let facts: FileFacts
      switch lookup(prefix) {
      case .found(let found):
        facts = found
      case .failed(let rule):
        findings.append(PathFinding(rule: rule, path: prefix, facts: nil))
        return false
      }
      steps.append(PathStep(path: prefix, facts: facts))
      if case .symbolicLink(let target) = facts.kind {
        // The owner and the mode of the link itself do not matter to sendmail.
        let isReached = visit(
          directory: Self.resolve(target, from: prefix),
          skipping: target.first == ASCII.slash ? 0 : Self.parentLength(of: prefix),
          depth: depth + 1, lookup: lookup)
        guard isReached else { return false }
      } else if let rule = rules.ruleBroken(byDirectory: facts) {
        findings.append(PathFinding(rule: rule, path: prefix, facts: facts))
      }
      finished.insert(prefix)
    }
    return true
  }

  /// Returns the paths of all directories on the path `path`, itself included: `/`, `/a`, `/a/b`.
  ///
  /// Those that end in `.` or `..` are omitted: sendmail compares paths as text and considers them
  /// checked.
  private static func prefixes(of path: [UInt8]) -> [[UInt8]] {
    let ends = path.indices.filter { $0 > 0 && path[$0] == ASCII.slash } + [path.count]
    let root: [[UInt8]] = path.first == ASCII.slash ? [[ASCII.slash]] : []
    return root
      + ends.map { Array(path[..<$0]) }.filter { prefix in
        guard let slash = prefix.lastIndex(of: ASCII.slash) else { return true }
        let name = prefix[(slash + 1)...]
        return !name.isEmpty && name != [ASCII.dot] && name != [ASCII.dot, ASCII.dot]
      }
  }

  /// The length of the part before the last component of `path`, including its slash.
  private static func parentLength(of path: [UInt8]) -> Int {
    path.lastIndex(of: ASCII.slash).map { $0 + 1 } ?? 0
  }

  /// Returns the path that a link at `link` with the text `target` leads to.
  static func resolve(_ target: [UInt8], from link: [UInt8]) -> [UInt8] {
    target.first == ASCII.slash ? target : link[..<parentLength(of: link)] + target
  }
}
