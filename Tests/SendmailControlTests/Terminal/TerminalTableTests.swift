// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import SendmailControl

@Suite("Tables")
struct TerminalTableTests {
  private static func text(width: Int) -> String {
    var table = TerminalTable([
      .init(title: "ID"), .init(title: "NAME", minimumWidth: 4), .init(title: "AGE", rank: 1),
      .init(title: "STATE", rank: 2),
    ])
    table.append(["1", "abcdefgh", "10s", "running"])
    return table.text(TerminalStyle(width: width, characters: .utf8))
  }

  static let widths: [(width: Int, text: String)] = [
    (26, "ID  NAME      AGE  STATE\n1   abcdefgh  10s  running\n"),
    (23, "ID  NAME   AGE  STATE\n1   abcd…  10s  running\n"),
    (21, "ID  NAME      AGE\n1   abcdefgh  10s\n"), (13, "ID  NAME  AGE\n1   abc…  10s\n"),
    (12, "ID  NAME\n1   abcdefgh\n"), (8, "ID  NAME\n1   abc…\n"),
  ]

  @Test("Cells are cut first, then columns are left out by their rank", arguments: widths)
  func width(width: Int, text: String) {
    #expect(Self.text(width: width) == text)
  }
}

@Suite("Colours")
struct PaintTests {
  /// The colour of the palette of 256 that a paint is; `nil` for a weight.
  private static func palette(_ paint: Paint) -> Int? {
    let parts = paint.rawValue.split(separator: ";")
    return parts.count == 3 ? Int(parts[2]) : nil
  }

  /// The luminance of a colour of the cube of 216 (WCAG 2).
  private static func luminance(_ index: Int) -> Double {
    let cube = index - 16
    let levels = [cube / 36, cube / 6 % 6, cube % 6].map { $0 == 0 ? 0.0 : Double(55 + 40 * $0) }
    let linear = levels.map { level in
      let part = level / 255
      // To the power of 2.4 is near enough to 2.2 here, which needs no library.
      return part * part * (0.8 + 0.2 * part)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  @Test("They are legible on white and on black", arguments: [Paint.bad, .good, .warning])
  func contrast(paint: Paint) throws {
    let luminance = Self.luminance(try #require(Self.palette(paint)))
    #expect(1.05 / (luminance + 0.05) >= 4.5)
    #expect((luminance + 0.05) / 0.05 >= 3)
  }
}
