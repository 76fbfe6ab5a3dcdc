// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import TestSupport
import Testing

/// Runs the rows of a family and compares those that do not hold with ``KnownFailures``.
enum ContractRun {
  /// The result of a row.
  private enum Verdict: Sendable {
    case held
    case violated([String])
    /// The test itself could not do its work.
    case error(String)
  }

  /// Runs `rows`, at most `width` of them at once, and records an issue for each surprise.
  static func check(
    _ family: String, _ rows: [ContractRow], width: Int = 8,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    func record(_ text: String) {
      Issue.record(Comment(rawValue: "\(family)/\(text)"), sourceLocation: sourceLocation)
    }
    let rows = selected(rows, of: family)
    let duration = await ContinuousClock().measure {
      let verdicts = await verdicts(of: rows, width: width)
      #expect(
        verdicts.count == rows.count, "\(family): two rows have the same name",
        sourceLocation: sourceLocation)
      for (id, verdict) in verdicts.sorted(by: { $0.key < $1.key }) {
        let known = KnownFailures.reason(for: "\(family)/\(id)")
        switch (verdict, known) {
        case (.held, nil), (.violated, .some): continue
        case (.held, let reason?):
          record("\(id) holds now: remove it from KnownFailures.swift (\(reason))")
        case (.violated(let sentences), nil):
          record("\(id) does not hold: \(sentences.joined(separator: "; "))")
        case (.error(let text), _): record("\(id): \(text)")
        }
      }
    }
    let known = rows.count { KnownFailures.reason(for: "\(family)/\($0.id)") != nil }
    // Some rows are for root only.
    for pattern in KnownFailures.unused(in: rows.map { "\(family)/\($0.id)" }, family: family)
    where selection == nil && SystemUser.isRoot {
      record("no row is called like \(pattern) in KnownFailures.swift")
    }
    let seconds = duration.components.seconds
    print("contract: \(family): \(rows.count) rows, \(known) known failures, \(seconds) s")
  }

  private static func verdicts(of rows: [ContractRow], width: Int) async -> [String: Verdict] {
    await withTaskGroup(of: (String, Verdict).self) { group in
      var verdicts: [String: Verdict] = [:]
      var rest = rows[...]
      func start() {
        guard let row = rest.popFirst() else { return }
        group.addTask { (row.id, await verdict(of: row)) }
      }
      for _ in 0..<width { start() }
      for await (id, verdict) in group {
        verdicts[id] = verdict
        start()
      }
      return verdicts
    }
  }

  private static func verdict(of row: ContractRow) async -> Verdict {
    do {
      let sentences = try await row.violations()
      return sentences.isEmpty ? .held : .violated(sentences)
    } catch {
      return .error("\(error)")
    }
  }

  /// The rows that `SMCONTROL_CONTRACT_ROWS` selects, a pattern as in KnownFailures.swift: for one who
  /// works on a row.
  private static let selection = ProcessInfo.processInfo.environment["SMCONTROL_CONTRACT_ROWS"]

  private static func selected(_ rows: [ContractRow], of family: String) -> [ContractRow] {
    guard let selection else { return rows }
    return rows.filter { KnownFailures.matches("\(family)/\($0.id)", selection) }
  }
}
