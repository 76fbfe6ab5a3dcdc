// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import Testing

/// A line of Data/Monitoring/ranges.txt.
private struct RangeCase: Sendable, CustomTestStringConvertible {
  let unit: ThresholdUnit
  let text: String
  let normal: String
  let good: [Double]
  let bad: [Double]

  var testDescription: String { "\(unit) '\(text)'" }

  static let all: [RangeCase] = String(
    decoding: TestData.bytes("Monitoring/ranges.txt"), as: UTF8.self
  ).split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
    let fields = line.split(separator: ";", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    func values(_ index: Int) -> [Double] {
      index < fields.count ? fields[index].split(separator: " ").compactMap { Double($0) } : []
    }
    return RangeCase(
      unit: ThresholdUnit.allCases.first { "\($0)" == fields[0] } ?? .number, text: fields[1],
      normal: fields[2], good: values(3), bad: values(4))
  }
}

@Suite("Ranges of monitoring plugins")
struct ThresholdTests {
  @Test("Each text of a range is read as the guidelines say", arguments: RangeCase.all)
  private func ranges(_ row: RangeCase) {
    let range = ThresholdRange(row.text.utf8, row.unit)
    guard row.normal != "invalid" else {
      #expect(range == nil)
      return
    }
    #expect(range?.text == row.normal)
    #expect(row.good.filter { range?.alerts(on: $0) != false } == [])
    #expect(row.bad.filter { range?.alerts(on: $0) != true } == [])
    // The text in the base unit means the same.
    #expect(ThresholdRange(row.normal.utf8, .number) == range)
  }

  @Test("There are rows of both kinds for every unit")
  func rows() {
    for unit in ThresholdUnit.allCases {
      let rows = RangeCase.all.filter { $0.unit == unit }
      #expect(rows.contains { $0.normal == "invalid" } && rows.contains { !$0.good.isEmpty })
    }
  }

  @Test(
    "Two ranges stand with a comma between them",
    arguments: [
      ("100,1000", "100", "1000"), ("100", "100", nil), (",1000", nil, "1000"),
      ("10:,5:", "10:", "5:"), ("@1:2,@3:4", "@1:2", "@3:4"), ("~:1,~:2", "~:1", "~:2"),
    ] as [(String, String?, String?)])
  func pairs(text: String, warning: String?, critical: String?) throws {
    let thresholds = try #require(Thresholds(text.utf8, .number))
    #expect(thresholds.warning?.text == warning)
    #expect(thresholds.critical?.text == critical)
  }

  @Test(
    "A pair that is not complete is refused",
    arguments: ["", ",", "1,", "1,2,3", "1,,2", "x,1", "1,x"])
  func wrongPairs(text: String) {
    #expect(Thresholds(text.utf8, .number) == nil)
  }

  @Test(
    "The critical range comes first",
    arguments: [(5.0, CheckState.ok), (15, .warning), (25, .critical), (-1, .critical)])
  func states(value: Double, state: CheckState) {
    #expect(Thresholds(Array("10,20".utf8), .number)?.state(of: value) == state)
  }

  @Test("A known error is worse than an unknown state")
  func worst() {
    #expect(CheckState.worst(of: []) == .ok)
    #expect(CheckState.worst(of: [.ok, .unknown]) == .unknown)
    #expect(CheckState.worst(of: [.unknown, .warning, .ok]) == .warning)
    #expect(CheckState.worst(of: [.warning, .critical, .unknown]) == .critical)
  }
}
