// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl
internal import SendmailControlDaemon

/// A fault as `--fault` takes it: a name, and after a colon each what the fault needs to know.
struct FaultForm: Sendable {
  let name: String
  /// The parameters as usage shows them, colons included.
  let parameters: String
  /// Makes the fault of the words after the name; `nil` when they are not those that it needs.
  let make: @Sendable ([Substring]) -> Fault?

  /// The name and the parameters: `stop:BYTES`.
  var usage: String { name + parameters }

  /// All faults, in the order of ``Fault``.
  static let all: [FaultForm] = [
    plain(.silence), seconds { .oneByteAtATime(pause: $0) },
    bytes { .stop(afterBytes: $0) }, bytes { .cut(afterBytes: $0) },
    bytes { .reset(afterBytes: $0) },
    FaultForm(name: name(of: .garbage(byteCount: 0, seed: 0)), parameters: ":BYTES[:SEED]") {
      words in
      guard (1...2).contains(words.count), let count = byteCount(words[0]),
        let seed = words.count < 2 ? 1 : UInt64(words[1])
      else { return nil }
      return .garbage(byteCount: count, seed: seed)
    },
    plain(.endless), plain(.fullListenQueue), plain(.closeAtOnce),
    seconds { .slowRestart($0) }, plain(.restartWithoutReturn), plain(.restartByRelativePath),
  ]

  /// The fault that `text` names.
  ///
  /// - Throws: `ValidationError` with the nearest name, or with the parameters that are needed.
  static func fault(_ text: String) throws -> Fault {
    let words = text.split(separator: ":", omittingEmptySubsequences: false)
    let name = words.first.map(String.init) ?? ""
    guard let form = all.first(where: { $0.name == name }) else {
      let hint =
        NearestWord.find(name, in: all.map(\.name)).map { "did you mean '\($0)'?" }
        ?? "expected one of \(all.map(\.usage).joined(separator: ", "))"
      throw ValidationError("unknown fault '\(name)'; \(hint)")
    }
    guard let fault = form.make(Array(words.dropFirst())) else {
      throw ValidationError("wrong parameters of fault '\(name)'; expected '\(form.usage)'")
    }
    return fault
  }

  /// The name of `fault`.
  static func name(of fault: Fault) -> String {
    switch fault {
    case .silence: "silence"
    case .oneByteAtATime: "one-byte-at-a-time"
    case .stop: "stop"
    case .cut: "cut"
    case .reset: "reset"
    case .garbage: "garbage"
    case .endless: "endless"
    case .fullListenQueue: "full-listen-queue"
    case .closeAtOnce: "close-at-once"
    case .slowRestart: "slow-restart"
    case .restartWithoutReturn: "restart-without-return"
    case .restartByRelativePath: "restart-by-relative-path"
    }
  }

  private static func plain(_ fault: Fault) -> FaultForm {
    FaultForm(name: name(of: fault), parameters: "") { $0.isEmpty ? fault : nil }
  }

  private static func bytes(_ fault: @escaping @Sendable (Int) -> Fault) -> FaultForm {
    FaultForm(name: name(of: fault(0)), parameters: ":BYTES") { words in
      words.count == 1 ? byteCount(words[0]).map(fault) : nil
    }
  }

  private static func seconds(_ fault: @escaping @Sendable (Duration) -> Fault) -> FaultForm {
    FaultForm(name: name(of: fault(.zero)), parameters: ":SECONDS") { words in
      guard words.count == 1, let seconds = Double(words[0]), (0...1e9).contains(seconds) else {
        return nil
      }
      return fault(.seconds(seconds))
    }
  }

  private static func byteCount(_ word: Substring) -> Int? {
    Int(word).flatMap { $0 >= 0 ? $0 : nil }
  }
}
