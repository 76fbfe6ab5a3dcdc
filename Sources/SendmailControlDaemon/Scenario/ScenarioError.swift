// SPDX-License-Identifier: GPL-3.0-or-later

/// Why the text of a scenario cannot be used.
public struct ScenarioError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Where, as a path of members: `steps[2].fault.kind`; empty for the whole text.
  public let member: String
  /// What is wrong there, and what was expected.
  public let problem: String

  /// The place and what is wrong there.
  public var description: String {
    member.isEmpty ? problem : "\(member): \(problem)"
  }

  init(member: String, problem: String) {
    self.member = member
    self.problem = problem
  }

  init(path: [any CodingKey], problem: String) {
    let member = path.reduce(into: "") { text, key in
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += (text.isEmpty ? "" : ".") + key.stringValue
      }
    }
    self.init(member: member, problem: problem)
  }

  init(_ error: DecodingError) {
    switch error {
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      self.init(path: context.codingPath, problem: "expected \(Self.name(of: type))")
    case .keyNotFound(let key, let context):
      self.init(path: context.codingPath, problem: "the member \(key.stringValue) is missing")
    case .dataCorrupted(let context):
      self.init(path: context.codingPath, problem: context.debugDescription)
    @unknown default:
      self.init(member: "", problem: "\(error)")
    }
  }

  /// What a type is called in JSON.
  fileprivate static func name(of type: any Any.Type) -> String {
    switch type {
    case is Int.Type, is Int32.Type, is UInt64.Type: "a whole number"
    case is Double.Type: "a number"
    case is Bool.Type: "true or false"
    case is String.Type: "a string"
    case is any Collection.Type: "a list"
    default: "an object"
    }
  }
}

/// The members of a JSON object of which every one must be known.
struct StrictMembers {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private let container: KeyedDecodingContainer<Key>

  /// The members of the object in `decoder`.
  ///
  /// - Throws: ``ScenarioError`` when one has a name that is not among `names`.
  init(_ decoder: any Decoder, _ names: [String]) throws {
    container = try decoder.container(keyedBy: Key.self)
    // Sorted, so that of several unknown members the same one is told each time.
    for key in container.allKeys.sorted(by: { $0.stringValue < $1.stringValue })
    where !names.contains(key.stringValue) {
      throw ScenarioError(
        path: container.codingPath + [key],
        problem: "unknown member; known are \(names.joined(separator: ", "))")
    }
  }

  /// The value of a member that must be there.
  func required<Value: Decodable>(_ name: String) throws -> Value {
    do {
      return try container.decode(Value.self, forKey: Key(stringValue: name))
    } catch  where !(error is DecodingError || error is ScenarioError) {
      // A number that does not fit its type comes as an error that does not say where it stands.
      throw self.error(name, "expected \(ScenarioError.name(of: Value.self))")
    }
  }

  /// The value of a member, or `nil` when it is not there.
  func optional<Value: Decodable>(_ name: String) throws -> Value? {
    guard contains(name) else { return nil }
    return try required(name)
  }

  /// The value of a member that may be `null`: `.some(nil)` then, and `nil` when it is not there.
  func nullable<Value: Decodable>(_ name: String) throws -> Value?? {
    guard contains(name) else { return nil }
    return .some(try container.decodeIfPresent(Value.self, forKey: Key(stringValue: name)))
  }

  /// Whether the member is there.
  func contains(_ name: String) -> Bool {
    container.contains(Key(stringValue: name))
  }

  /// An error about the member `name`.
  func error(_ name: String, _ problem: String) -> ScenarioError {
    ScenarioError(path: container.codingPath + [Key(stringValue: name)], problem: problem)
  }
}
