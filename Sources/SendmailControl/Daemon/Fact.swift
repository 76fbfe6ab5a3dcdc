// SPDX-License-Identifier: Apache-2.0

/// The outcome of one question about the system.
package enum Fact<Value: Sendable & Equatable>: Sendable, Equatable {
  /// The question was not asked.
  case notAsked
  /// The thing that the question is about does not exist.
  case absent
  /// The answer.
  case known(Value)
  /// The question could not be answered, for this reason.
  case unknown(reason: String)

  /// The answer, if there is one.
  package var value: Value? {
    if case .known(let value) = self { value } else { nil }
  }

  /// The reason why the question could not be answered, if that is so.
  package var reason: String? {
    if case .unknown(let reason) = self { reason } else { nil }
  }

  /// The fact with its answer changed.
  func map<Other>(_ change: (Value) -> Other) -> Fact<Other> {
    switch self {
    case .notAsked: .notAsked
    case .absent: .absent
    case .known(let value): .known(change(value))
    case .unknown(let reason): .unknown(reason: reason)
    }
  }
}
