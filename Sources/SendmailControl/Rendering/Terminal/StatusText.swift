// SPDX-License-Identifier: GPL-3.0-or-later

/// A reply to `status` or `mstat` as an administrator reads it.
public enum StatusText {
  /// The text of `picture` for a place that can show `style`: what the daemon does, its numbers, and
  /// its children. Below ``TerminalStyle/narrowest`` columns it is one line.
  ///
  /// What the daemon said and what the process table says is made harmless on the way.
  public static func make(_ picture: StatusPicture, style: TerminalStyle) -> String {
    let head = StatusHead(picture: picture, style: style)
    if let width = style.width, width < TerminalStyle.narrowest { return head.line(width: width) }
    return head.text + "\n" + StatusFacts(picture: picture, style: style).text
      + ChildTable(picture: picture, style: style).text
  }
}
