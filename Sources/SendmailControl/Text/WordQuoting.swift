// SPDX-License-Identifier: GPL-3.0-or-later

/// Writes words so that ``WordSplitter`` and ``ShellLine`` read them as they are.
public enum WordQuoting {
  /// `text` as it is to be written inside `quote` (`'` or `"`), or outside of quotes for `nil`.
  public static func escape(_ text: String, inside quote: Unicode.Scalar?) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch quote {
      case "'":
        result += character == "'" ? #"'\''"# : String(Character(character))
      case .some:
        if isSpecialInQuotes(character) { result += "\\" }
        result.unicodeScalars.append(character)
      case nil:
        if isSpecial(character) { result += "\\" }
        result.unicodeScalars.append(character)
      }
    }
    return result
  }

  private static func isSpecialInQuotes(_ character: Unicode.Scalar) -> Bool {
    character == "$" || character == "`" || character == "\"" || character == "\\"
  }

  /// Whether a shell may take the character for more than itself; a line feed cannot be written.
  private static func isSpecial(_ character: Unicode.Scalar) -> Bool {
    #" "'\|>#<&;()$`*?[]{}~!"#.unicodeScalars.contains(character) || character == "\t"
  }
}
