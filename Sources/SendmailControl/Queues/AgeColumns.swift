// SPDX-License-Identifier: Apache-2.0

/// The columns of a table for the classes of ages: those from the first to the last that is not empty,
/// in groups of two, three and so on where there is no room for each.
struct AgeColumns {
  /// The classes of each column.
  private let classes: [Range<Int>]

  /// The headings: the age at which each class ends; the bounds from 320 minutes up are rounded.
  private static let titles = [
    "<5m", "<10m", "<20m", "<40m", "<80m", "<160m", "<5h", "<11h", "<21h", "<43h", "<4d", "<7d",
    ">7d",
  ]

  /// Columns for lines of `histograms`.
  ///
  /// `room` is the greatest width, blanks before each column included; `nil` for any width.
  init(_ histograms: [AgeHistogram], room: Int?) {
    let all = Self.titles.indices
    let used = all.filter { index in histograms.contains { $0.counts[index] > 0 } }
    let range = (used.first ?? 0)..<((used.last ?? -1) + 1)
    var classes: [Range<Int>] = []
    for step in 1...all.count {
      classes = stride(from: range.lowerBound, to: range.upperBound, by: step).map {
        $0..<min($0 + step, range.upperBound)
      }
      guard let room else { break }
      let widths = classes.map { classes in
        histograms.reduce(Self.title(classes).utf8.count) {
          max($0, Self.cell($1, classes).utf8.count)
        }
      }
      if widths.reduce(0, { $0 + $1 + 2 }) <= room { break }
      // There is no room even for all classes together.
      if step == all.count { classes = [] }
    }
    self.classes = classes
  }

  /// The columns.
  var columns: [TerminalTable.Column] {
    classes.map { TerminalTable.Column(title: Self.title($0), isRight: true) }
  }

  /// Returns the cells of a line, with a dot for 0.
  func cells(_ ages: AgeHistogram) -> [String] {
    classes.map { Self.cell(ages, $0) }
  }

  private static func title(_ classes: Range<Int>) -> String { titles[classes.upperBound - 1] }

  private static func cell(_ ages: AgeHistogram, _ classes: Range<Int>) -> String {
    let count = ages.counts[classes].reduce(0, +)
    return count == 0 ? "." : String(count)
  }
}
