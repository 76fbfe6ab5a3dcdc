// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
internal import Synchronization
internal import SystemPackage
internal import Testing

/// Compares smcontrol's JSON objects with `Schemas/`, by Python's jsonschema: a validator that shares no
/// code with smcontrol. One process of it serves all tests.
public actor SchemaValidator {
  /// The validator of this test run.
  public static let shared = SchemaValidator()

  private static let count = Mutex(0)
  private var validator: (requests: FileHandle, verdicts: FileHandle)?

  /// Returns what is wrong with the JSON objects in `output`, each with its schema's name; nothing where
  /// there is no validator on a developer's machine.
  public func complaints(about output: [UInt8]) -> [String] {
    Self.objects(in: output).compactMap { object in
      let verdict = verdict(on: object)
      return verdict.isEmpty
        ? nil : "\(verdict): \(String(decoding: object.prefix(2000), as: UTF8.self))"
    }
  }

  /// Records an issue for each JSON object in `output` that does not fit its schema.
  static func check(_ output: [UInt8]) async {
    guard !objects(in: output).isEmpty else { return }
    for complaint in await shared.complaints(about: output) {
      Issue.record("\(complaint)")
    }
  }

  /// The lines of `output` that are whole objects of smcontrol.
  private static func objects(in output: [UInt8]) -> [ArraySlice<UInt8>] {
    guard output.contains(UInt8(ascii: "{")) else { return [] }
    // A last line without its end is one that was cut short.
    return output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
      .filter {
        $0.first == UInt8(ascii: "{") && $0.firstRange(of: #""schema":"smcontrol."#.utf8) != nil
      }
  }

  private func verdict(on object: ArraySlice<UInt8>) -> String {
    do {
      guard let (requests, verdicts) = try running() else { return "" }
      try requests.write(contentsOf: Data(object) + Data("\n".utf8))
      Self.count.withLock { $0 += 1 }
      var verdict = Data()
      while verdict.last != UInt8(ascii: "\n") {
        let part = verdicts.availableData
        guard !part.isEmpty else { return "the validator ended" }
        verdict += part
      }
      return String(decoding: verdict.dropLast(), as: UTF8.self)
    } catch {
      return "no validator: \(error)"
    }
  }

  /// The validator, started when it is first needed; `nil` where Python's jsonschema is missing, which is
  /// an error in CI.
  private func running() throws -> (requests: FileHandle, verdicts: FileHandle)? {
    if let validator { return validator }
    guard Self.isThere else { return nil }
    let process = Process()
    process.executableURL = URL(filePath: ProjectFiles.file("Tests/Peers/validate-json").string)
    process.arguments = [ProjectFiles.file("Schemas").string]
    let (requests, verdicts) = (Pipe(), Pipe())
    process.standardInput = requests
    process.standardOutput = verdicts
    try process.run()
    atexit {
      let count = SchemaValidator.count.withLock { $0 }
      FileHandle.standardError.write(Data("schemas: \(count) JSON objects validated\n".utf8))
    }
    let handles = (requests.fileHandleForWriting, verdicts.fileHandleForReading)
    validator = handles
    return handles
  }

  /// True if there is a validator: always in CI, where its absence is an error.
  public static let isThere = WantedTests.mayExpect(
    hasModule(),
    otherwise: "JSON is not validated: Python's jsonschema is missing (python3-jsonschema)")

  private static func hasModule() -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", "import jsonschema"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
