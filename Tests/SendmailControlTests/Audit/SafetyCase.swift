// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import Testing

/// One block of Data/Safety/matrix.txt: a path, the files round it, and what sendmail said.
struct SafetyCase: Sendable, CustomTestStringConvertible {
  var name = ""
  var path: [UInt8] = []
  var rules = PathSafetyRules()
  var files: [[UInt8]: FileFacts] = [:]
  var result = ""

  var testDescription: String { name }

  /// Returns the result of `lstat` in the case's file system.
  func lookup(_ path: [UInt8]) -> PathLookup {
    if let facts = files[path] { return .found(facts) }
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")),
      let parent = files[Array(path[..<slash])]
    else { return .failed(.missing) }
    switch parent.kind {
    case .directory, .symbolicLink: return .failed(.missing)
    default: return .failed(.notADirectory)
    }
  }

  /// All blocks of the file.
  static let all: [SafetyCase] = {
    guard let file = Bundle.module.url(forResource: "Data/Safety/matrix", withExtension: "txt"),
      let text = try? String(contentsOf: file, encoding: .utf8)
    else { return [] }
    return text.split(separator: "\n\n").compactMap(SafetyCase.init(block:))
  }()

  private init?(block: Substring) {
    for line in block.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard words.count > 1 else { return nil }
      switch words[0] {
      case "case": name = words[1]
      case "path": path = Array(words[1].utf8)
      case "options": read(options: words[1])
      case "file": read(file: words)
      case "result": result = words[1]
      default: return nil
      }
    }
    guard !name.isEmpty else { return nil }
    for directory in ["/", "/var", "/var/lib", "/var/lib/mx", "/var/lib/mx/s"] {
      files[Array(directory.utf8)] = FileFacts(
        kind: .directory, mode: 0o755, owner: 0, group: 0, linkCount: 3)
    }
  }

  private mutating func read(options: String) {
    for option in options.split(separator: " ") {
      let words = option.split(separator: "=")
      let numbers = words.dropFirst().first?.split(separator: ":").compactMap { UInt32($0) } ?? []
      switch words[0] {
      case "TrustStickyBit": rules.trustsStickyBit = true
      case "GroupWritableDirPathSafe": rules.allowsGroupWritableDirectories = true
      case "TrustedUser": rules.trustedUser = numbers[0]
      case "RunAsUser": (rules.runAsUser, rules.runAsGroup) = (numbers[0], numbers[1])
      default: name = ""
      }
    }
  }

  private mutating func read(file words: [String]) {
    let owner = words[4].split(separator: ":").compactMap { UInt32($0) }
    let kind: FileFacts.Kind =
      switch words[2] {
      case "directory": .directory
      case "regular": .regular
      case "socket": .socket
      case "fifo": .fifo
      case "device": .device
      default: .symbolicLink(target: Array(words[2].dropFirst("link:".count).utf8))
      }
    files[Array(words[1].utf8)] = FileFacts(
      kind: kind, mode: UInt16(words[3], radix: 8) ?? 0, owner: owner[0], group: owner[1],
      linkCount: Int(words[5]) ?? 0)
  }
}
