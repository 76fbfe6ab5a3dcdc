// SPDX-License-Identifier: GPL-3.0-or-later

/// A reply without a form of its own, as an administrator reads it.
public enum TerminalText {
  /// Its lines, made harmless.
  public static func lines(_ reply: [UInt8]) -> String {
    var text = ""
    for line in ReplyLines(reply) {
      HarmlessText.append(line, layout: .lines, to: &text)
      text += "\n"
    }
    return text
  }
}
