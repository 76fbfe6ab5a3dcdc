// SPDX-License-Identifier: Apache-2.0

/// The conditions for using colours.
package enum ColourChoice: String, Sendable, CaseIterable {
  /// As the environment and the place say.
  case auto
  /// Wherever the text goes.
  case always
  /// Nowhere.
  case never
}

extension TerminalStyle {
  /// The variables that describe the place; one that is set but empty counts as not set.
  package struct Variables: Sendable, Equatable {
    /// `LC_ALL`, before `LC_CTYPE`, before `LANG`: the locale of characters.
    package var locale: String?
    /// `NO_COLOR`: whatever it is, there are to be no colours.
    package var noColor: String?
    /// `CLICOLOR_FORCE`: unless it is `0`, colours off a terminal, too.
    package var forcedColor: String?
    /// `COLUMNS`: the width, for a terminal that does not know its own, or over what it says.
    package var columns: String?
    /// `TERM`: a `dumb` one has no colours.
    package var terminal: String?

    /// The values of the variables of these names.
    package init(_ value: (String) -> String?) {
      locale = value("LC_ALL") ?? value("LC_CTYPE") ?? value("LANG")
      noColor = value("NO_COLOR")
      forcedColor = value("CLICOLOR_FORCE")
      columns = value("COLUMNS")
      terminal = value("TERM")
    }
  }

  /// The width of a terminal whose width is not known.
  private static let commonWidth = 80

  /// The capabilities of a destination of text.
  ///
  /// `isTerminal` is true if the text goes to a terminal; text for anything else is not cut.
  /// `columns` is the terminal's width as the system knows it. `colour` is the choice of the
  /// command line; `always` and `never` override the environment.
  package init(isTerminal: Bool, columns: Int?, variables: Variables, colour: ColourChoice = .auto)
  {
    let wanted = variables.columns.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    let known = columns.flatMap { $0 > 0 ? $0 : nil }
    self.init(
      width: isTerminal ? wanted ?? known ?? Self.commonWidth : nil,
      characters: Self.characters(of: variables.locale),
      isColoured: Self.isColoured(colour, isTerminal: isTerminal, variables))
  }

  private static func characters(of locale: String?) -> Characters {
    // language_TERRITORY.codeset@modifier
    let codeset = (locale ?? "").prefix { $0 != "@" }.split(
      separator: ".", maxSplits: 1, omittingEmptySubsequences: false
    ).dropFirst().first
    switch codeset?.lowercased() {
    case "utf-8", "utf8": return .utf8
    default: return .ascii
    }
  }

  private static func isColoured(
    _ choice: ColourChoice, isTerminal: Bool, _ variables: Variables
  ) -> Bool {
    switch choice {
    case .always: return true
    case .never: return false
    case .auto:
      if variables.noColor != nil { return false }
      if let forced = variables.forcedColor, forced != "0" { return true }
      return isTerminal && variables.terminal != "dumb"
    }
  }
}
