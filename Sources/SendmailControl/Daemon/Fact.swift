// SPDX-License-Identifier: Apache-2.0

/// The outcome of one question about the system.
package enum Fact<Value: Sendable & Equatable>: Sendable, Equatable {
  /// The question was not asked.
  case notAsked
  /// The thing that the question is about does not exist.
  case absent
  /// The answer.
  case known(Value)
  /// The question could not be answered, for this reason: a missing permission, or anything else.
  case unknown(reason: String, isForbidden: Bool = false)

  /// The answer, if there is one.
  package var value: Value? {
    if case .known(let value) = self { value } else { nil }
  }

  /// The reason why the question could not be answered, if that is so.
  package var reason: String? {
    if case .unknown(let reason, _) = self { reason } else { nil }
  }

  /// True if another user might be permitted to ask the question.
  package var isForbidden: Bool {
    if case .unknown(_, let isForbidden) = self { isForbidden } else { false }
  }

  /// The fact with its answer changed.
  func map<Other>(_ change: (Value) -> Other) -> Fact<Other> {
    switch self {
    case .notAsked: .notAsked
    case .absent: .absent
    case .known(let value): .known(change(value))
    case .unknown(let reason, let isForbidden): .unknown(reason: reason, isForbidden: isForbidden)
    }
  }
}
