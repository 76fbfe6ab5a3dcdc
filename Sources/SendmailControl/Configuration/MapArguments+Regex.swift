// SPDX-License-Identifier: Apache-2.0

extension MapArguments {
  /// The most substrings, and the most fields of `-s`.
  private static let maximumSubstrings = 32

  /// A regular expression and the substrings that are wanted of it (`regex_map_init` in `map.c`).
  mutating func takeRegex(_ text: ArraySlice<UInt8>, _ context: Context) {
    var isExtended = true
    var wanted: ArraySlice<UInt8>?
    let pattern = Self.options(text) { letter, value in
      switch Unicode.Scalar(letter) {
      case "b": isExtended = false
      case "s": wanted = value.prefix { !ASCII.isSpace($0) }
      default: break
      }
      return Self.afterWord(value)
    }
    switch context.machine.compileRegularExpression(Array(pattern), isExtended) {
    case .unknown: break
    case .refused(let reason):
      refuse(Array("pattern-compile-error: \(reason)".utf8))
      isUsable = false
    case .compiled(let groups):
      guard let wanted else { return }
      takeSubstrings(wanted, of: groups + 1)
    }
  }

  /// `-s1,2`: numbers of substrings (`parse_fields`).
  private mutating func takeSubstrings(_ list: ArraySlice<UInt8>, of count: Int) {
    guard count < Self.maximumSubstrings else {
      refuse(Array("too many substrings, \(Self.maximumSubstrings) max".utf8))
      isUsable = false
      return
    }
    guard !list.isEmpty else { return }
    let fields = list.split(separator: ASCII.comma, omittingEmptySubsequences: false)
    for (index, field) in fields.enumerated() {
      let number = OptionValue.integer(field)
      if index >= Self.maximumSubstrings {
        refuse(Array("too many fields, \(Self.maximumSubstrings) max".utf8))
      } else if number < 0 || number >= count {
        refuse(
          Array("field (\(number)) out of range, only \(count) substrings in pattern".utf8))
      } else {
        continue
      }
      isUsable = false
      return
    }
  }
}
