// SPDX-License-Identifier: Apache-2.0

/// The origin of a value.
package enum SettingOrigin: Sendable, Hashable {
  /// A line of the file: the physical line, counted from 1, in which its text begins.
  case line(Int)
  /// An override, `-O` or `-o`.
  case commandLine
  /// sendmail's own, since nothing sets it.
  case builtIn
}

/// An option's value in force and where it comes from.
package struct OptionSetting: Sendable, Hashable {
  /// `Name`, or `Name.sub` for an option with suboptions.
  package var name: String
  /// The value as sendmail holds it: macros as internal bytes, high bytes quoted by 0xFF.
  package var value: [UInt8]
  /// The origin of the value.
  package var origin: SettingOrigin

  /// A value of the option or suboption `name`.
  package init(name: String, value: [UInt8], origin: SettingOrigin) {
    self.name = name
    self.value = value
    self.origin = origin
  }
}
