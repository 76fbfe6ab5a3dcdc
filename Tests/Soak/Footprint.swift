// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// The resources of a process, by /proc.
struct Footprint: Sendable {
  let descriptors: Int
  /// Resident memory in KiB.
  let memory: Int
  let threads: Int
  let children: Int

  init(of processID: Int32) {
    descriptors = Self.count("/proc/\(processID)/fd")
    threads = Self.count("/proc/\(processID)/task")
    let pages = Self.text("/proc/\(processID)/statm").split(separator: " ").dropFirst().first
    memory = (pages.flatMap { Int($0) } ?? 0) * Int(getpagesize()) / 1024
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    children = processes.count { name in
      guard Int32(name) != nil else { return false }
      // The name of the program stands in parentheses and may hold anything.
      let fields = Self.text("/proc/\(name)/stat").split(separator: ")").last?.split(separator: " ")
      return fields?.dropFirst().first.flatMap { Int32($0) } == processID
    }
  }

  private static func count(_ folder: String) -> Int {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).count
  }

  private static func text(_ file: String) -> String {
    // Files of /proc have no length.
    guard let handle = FileHandle(forReadingAtPath: file) else { return "" }
    defer { try? handle.close() }
    return String(decoding: (try? handle.readToEnd()) ?? Data(), as: UTF8.self)
  }
}
