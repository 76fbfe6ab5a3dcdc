// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// Options for text for reading.
struct DisplayOptions: Sendable {
  static let colour = Option(
    "--color", value: "when", ValueKind<ColourChoice>.words,
    help: "Whether to use colours (default: auto).")
  static let noPager = OptionSpec(
    "--no-pager", help: "Do not show long output through a pager.")

  static let quiet = OptionSpec(
    "--quiet", help: "Print nothing, neither output nor messages: the exit status tells.")

  static let all: [OptionSpec] = [colour.spec, noPager]

  /// The conditions for using colours.
  var colour: ColourChoice?
  /// True if long output is shown as it is.
  var noPager: Bool
  /// True if nothing is printed.
  var isQuiet: Bool

  /// The options of `line`.
  ///
  /// - Throws: ``UsageError``.
  init(_ line: ParsedLine) throws(UsageError) {
    colour = try line[Self.colour]
    noPager = line[Self.noPager]
    isQuiet = line[Self.quiet]
  }
}
