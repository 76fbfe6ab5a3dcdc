// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControlDaemon
internal import SystemPackage
internal import SystemSupport

/// A scenario file that is of no use.
enum ScenarioFileError: Error, CustomStringConvertible {
  /// The system refused to open or read it.
  case unreadable(path: String, Errno)
  /// It does not say what a scenario says.
  case senseless(path: String, ScenarioError)

  var description: String {
    switch self {
    case .unreadable(let path, let errno): "cannot read the scenario \(path): \(errno)"
    case .senseless(let path, let error): "\(path): \(error)"
    }
  }

  /// Reads the scenario in the file at `path`.
  static func read(_ path: String) throws(ScenarioFileError) -> Scenario {
    let text: [UInt8]
    do {
      text = try Files.contents(of: FilePath(path))
    } catch {
      throw .unreadable(path: path, error)
    }
    do {
      return try Scenario(json: text)
    } catch {
      throw .senseless(path: path, error)
    }
  }
}
