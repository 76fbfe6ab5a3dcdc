// SPDX-License-Identifier: Apache-2.0

/// The table of a configuration: options, values that are folded where they are long, and origins where
/// there is room.
struct ConfigurationTable {
  let rows: [ConfigurationReport.Row]
  let style: TerminalStyle

  private static let titles = (name: "OPTION", value: "VALUE", origin: "SET BY")
  /// Below so many columns for values there are no origins, and then names stand above their values.
  private static let leastValue = 16

  var text: String {
    let columns = columns
    var text = line(
      Self.titles.name, [StyledText(Self.titles.value, .faint)], Self.titles.origin, columns,
      .faint)
    for row in rows {
      let value = StyledText(style.shown(row.value))
      text += line(
        row.name, style.width == nil ? [value] : value.folded(into: max(1, columns.value)),
        row.origin?.shortText ?? "", columns)
    }
    return text
  }

  /// The widths of the columns; 0 for none.
  private struct Columns {
    var name: Int
    var value: Int
    var origin: Int
  }

  private var columns: Columns {
    func widest(_ title: String, _ text: (ConfigurationReport.Row) -> String) -> Int {
      rows.reduce(title.utf8.count) { max($0, DisplayWidth.of(text($1))) }
    }
    let name = widest(Self.titles.name, \.name)
    let value = widest(Self.titles.value, \.value)
    let origin = widest(Self.titles.origin) { $0.origin?.shortText ?? "" }
    guard let width = style.width else {
      return Columns(name: name, value: min(value, 48), origin: origin)
    }
    // Paths and the like, which are broken only where nothing else helps.
    let word = rows.flatMap { $0.value.split(separator: " ") }.map(\.utf8.count).max() ?? 0
    for columns in [
      Columns(name: name, value: min(value, width - name - origin - 4), origin: origin),
      Columns(name: name, value: min(value, width - name - 2), origin: 0),
    ] where columns.value >= max(word, min(value, Self.leastValue)) {
      return columns
    }
    return Columns(name: 0, value: width - 2, origin: 0)
  }

  private func line(
    _ name: String, _ value: [StyledText], _ origin: String, _ columns: Columns,
    _ paint: Paint? = nil
  ) -> String {
    var lines: [StyledText] = []
    if columns.name == 0 {
      lines.append(StyledText(style.width.map { style.fit(name, into: $0) } ?? name, paint))
    }
    for (index, part) in value.enumerated() {
      var line = StyledText()
      if columns.name == 0 {
        line.append("  ")
      } else {
        line = StyledText(index == 0 ? name : "", paint).padded(to: columns.name + 2)
      }
      let start = line.width
      for piece in part.pieces { line.append(piece.text, piece.paint) }
      if index == 0, columns.origin > 0, !origin.isEmpty {
        line = line.padded(to: start + columns.value)
        line.append("  ")
        line.append(origin, paint)
      }
      lines.append(line)
    }
    return lines.map { $0.withoutTrailingBlanks.text(style) + "\n" }.joined()
  }
}

extension SettingOrigin {
  /// The origin in words, without the file.
  fileprivate var shortText: String {
    switch self {
    case .line(let line): "line \(line)"
    case .commandLine: "command line"
    case .builtIn: "default"
    }
  }
}

extension StyledText {
  /// The text up to its last character that is no blank.
  fileprivate var withoutTrailingBlanks: StyledText {
    var pieces = pieces
    while var last = pieces.popLast() {
      while last.text.last == " " { last.text.removeLast() }
      guard last.text.isEmpty else {
        pieces.append(last)
        break
      }
    }
    return pieces.reduce(into: StyledText()) { $0.append($1.text, $1.paint) }
  }
}
