// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import SendmailControl
import SendmailControlClient
import SystemPackage
import TestSupport

/// The files that random configurations name, safe and unsafe, below one directory.
struct ClassFiles: FileView {
  /// Their names, relative to the directory in which sendmail is started.
  static let names =
    ["safe", "open", "shared", "closed", "theirs", "open/deep", "linked"].flatMap { directory in
      ["ok", "private", "foreign", "writable", "link", "hard", "dangling", "none", "sub"].map {
        "\(directory)/\($0)"
      }
    } + [
      "ok", "link", "dangling", "none", "safe", "none/ok", "ok/ok", "safe/../open/ok", "loop/ok",
      "/etc/passwd", "/etc/shadow", "/dev/null", "/no/such", "/etc", "/tmp/none", "safe//ok",
      "./ok", "safe/./ok",
    ]

  private let directory: TemporaryDirectory

  /// Makes the files. An ordinary user's belong to that user.
  init(in directory: TemporaryDirectory) throws {
    self.directory = directory
    for (name, mode) in [
      ("safe", 0o755), ("open", 0o777), ("shared", 0o775), ("closed", 0o700), ("theirs", 0o700),
      ("open/deep", 0o755),
    ] {
      try directory.makeDirectory(name)
      try fill(name)
      _ = unsafe chmod(directory[name].string, mode_t(mode))
    }
    _ = unsafe chown(directory["theirs"].string, 2, 2)
    try fill(".")
    try directory.link("linked", to: "open")
    try directory.link("loop", to: "loop")
  }

  private func fill(_ place: String) throws {
    for (name, mode) in [
      ("ok", 0o644), ("private", 0o600), ("foreign", 0o600), ("writable", 0o666),
    ] {
      let file = try directory.write("word\n", to: "\(place)/\(name)")
      _ = unsafe chmod(file.string, mode_t(mode))
      if name == "foreign" { _ = unsafe chown(file.string, 2, 2) }
    }
    try directory.link("\(place)/link", to: "ok")
    try directory.link("\(place)/dangling", to: "nothing")
    _ = unsafe link(directory["\(place)/writable"].string, directory["\(place)/hard"].string)
    _ = unsafe mkdir(directory["\(place)/sub"].string, 0o755)
  }

  // MARK: FileView

  private func place(_ path: [UInt8]) -> [UInt8] {
    path.first == ASCII.slash ? path : Array("\(directory.path)/".utf8) + path
  }

  func lookup(_ path: [UInt8]) -> PathLookup { LiveFiles.live.lookup(place(path)) }

  func lookupFollowingLinks(_ path: [UInt8]) -> PathLookup {
    LiveFiles.live.lookupFollowingLinks(place(path))
  }

  func details(of path: [UInt8]) -> FileDetails? { LiveFiles.live.details(of: place(path)) }

  func forEachEntry(
    in directory: [UInt8], _ body: (_ name: Span<UInt8>, _ mayBeDirectory: Bool) -> Void
  ) -> Bool {
    LiveFiles.live.forEachEntry(in: place(directory), body)
  }

  func realPath(of directory: [UInt8]) -> [UInt8]? {
    LiveFiles.live.realPath(of: place(directory))
  }
}
