// SPDX-License-Identifier: Apache-2.0

extension SendmailConfiguration {
  /// Every option in force, in the order of sendmail's table: those that something sets, and those
  /// that smcontrol understands with sendmail's own value. Options that add up have an entry a line.
  package var entries: [OptionSetting] {
    let defaults = OptionDefault.texts(processors: machine.processors)
    return OptionTable.options.flatMap { option -> [OptionSetting] in
      switch option.code {
      case .timeout: return timeoutEntries
      case .milter: return milterSettings.keys.sorted().compactMap { milterSettings[$0] }
      default: break
      }
      let settings = allSettings(option.code)
      guard settings.isEmpty, let text = defaults[option.code] else { return settings }
      return [OptionSetting(name: option.name, value: Array(text.utf8), origin: .builtIn)]
    }
  }

  /// Returns whether `setting` has another value than sendmail's own, as far as that is known.
  func differsFromDefault(_ setting: OptionSetting) -> Bool {
    guard setting.origin != .builtIn else { return false }
    let text: String?
    if case .exact(let option) = OptionTable.match(Array(setting.name.utf8)) {
      text = OptionDefault.texts(processors: machine.processors)[option.code]
    } else {
      text = TimeoutName.allCases.first { "Timeout.\($0.name)" == setting.name }?.defaultText
    }
    return text.map { Array($0.utf8) != setting.value } ?? true
  }

  /// The timeouts: those set, and the default of every one that is not part of another.
  private var timeoutEntries: [OptionSetting] {
    let parts = Set(TimeoutName.allCases.flatMap(\.covered))
    return TimeoutName.allCases.compactMap { timeout in
      if let setting = timeouts[timeout] { return setting }
      guard !parts.contains(timeout) else { return nil }
      return OptionSetting(
        name: "Timeout.\(timeout.name)", value: Array(timeout.defaultText.utf8), origin: .builtIn)
    }
  }
}
