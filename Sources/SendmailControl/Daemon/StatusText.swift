// SPDX-License-Identifier: Apache-2.0

/// A reply to `status` or `mstat` as an administrator reads it.
package enum StatusText {
  /// The text of `report` for a place that can show `style`: what the daemon does, its numbers, and
  /// its children. Below ``TerminalStyle/narrowest`` columns it is one line.
  ///
  /// What the daemon said and what the process table says is made harmless on the way.
  package static func make(_ report: StatusReport, style: TerminalStyle) -> String {
    let head = StatusHead(report: report, style: style)
    if let width = style.width, width < TerminalStyle.narrowest { return head.line(width: width) }
    return head.text + head.explanation + "\n" + StatusFacts(report: report, style: style).text
      + ChildTable(report: report, style: style).text
  }
}
