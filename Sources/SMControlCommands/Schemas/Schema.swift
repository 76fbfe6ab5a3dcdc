// SPDX-License-Identifier: GPL-3.0-or-later

/// A JSON Schema: the form of one kind of JSON object that smcontrol prints.
struct Schema: Encodable, Sendable {
  /// The value of the member `schema` in these objects.
  let name: String
  /// A few words about these objects.
  let title: String
  /// The schema, as the text of a JSON object without a last line end.
  let text: String

  /// The name without `smcontrol.` and the version.
  var shortName: String { String(name.dropFirst(Self.prefix.count).prefix { $0 != "/" }) }

  private static let prefix = "smcontrol."
}

extension Schema {
  /// The schema called `name`, in full, or without `smcontrol.`, or without the version as well: then the
  /// newest. `nil` when there is none.
  init?(named name: String) {
    let named = Self.all.last {
      [$0.name, String($0.name.dropFirst(Self.prefix.count)), $0.shortName].contains(name)
    }
    guard let named else { return nil }
    self = named
  }
}
