// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SystemPackage
internal import SystemSupport

/// The names in directories, for completion.
package enum DirectoryListing {
  /// The kind of file that a name belongs to, symbolic links followed.
  package enum Kind: Sendable, Equatable {
    /// A directory.
    case directory
    /// A socket.
    case socket
    /// Anything else.
    case other
  }

  /// Returns the entries of `directory`, by name, without `.` and `..`; nothing when it cannot be read.
  package static func entries(of directory: FilePath) -> [(name: String, kind: Kind)] {
    typeableNames(in: directory).map { name in
      let facts = try? Stat(directory.appending(name))
      let kind: Kind =
        switch facts?.type {
        case .directory: .directory
        case .socket: .socket
        default: .other
        }
      return (name, kind)
    }
  }

  /// The names of the programs in the directories of `PATH`, by name.
  package static func programs() -> [String] {
    guard let path = unsafe getenv("PATH").map({ unsafe String(cString: $0) }) else { return [] }
    var found: Set<String> = []
    for directory in path.split(separator: ":") {
      let directory = FilePath(String(directory))
      for name in typeableNames(in: directory) where !found.contains(name) {
        let isProgram = unsafe directory.appending(name).withPlatformString {
          unsafe access($0, X_OK)
        }
        if isProgram == 0 { found.insert(name) }
      }
    }
    return found.sorted()
  }

  /// The names that can be typed, which are those in UTF-8, sorted.
  private static func typeableNames(in directory: FilePath) -> [String] {
    let names = (try? Directories.names(in: directory)) ?? []
    return names.compactMap { String(validating: $0, as: UTF8.self) }.sorted()
  }
}
