// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport

/// The files of `Packaging/monitoring`, and examples of the documentation, for a test's own place: with the built
/// program, the place's configuration, and no sudo.
enum MonitoringFiles {
  /// The text of a file in `Packaging/monitoring`.
  static func text(_ name: String, for place: MonitoredPlace) throws -> String {
    adapted(
      try String(
        contentsOfFile: ProjectFiles.file("Packaging/monitoring/\(name)").string, encoding: .utf8),
      for: place)
  }

  /// The block of `docs/how-to/NAME` that contains `words`.
  static func example(_ name: String, containing words: String) throws -> String {
    let text = try String(
      contentsOfFile: ProjectFiles.file("docs/how-to/\(name)").string, encoding: .utf8)
    let blocks = text.components(separatedBy: "\n```").enumerated()
      .filter { $0.offset % 2 == 1 }.map { $0.element.drop { $0 != "\n" } }
    guard let block = blocks.first(where: { $0.contains(words) }) else {
      throw HarnessError("\(name) has no example with \(words)")
    }
    return String(block) + "\n"
  }

  /// Command lines without `-C` are given the place's configuration as well.
  private static func adapted(_ text: String, for place: MonitoredPlace) -> String {
    let configuration = place.directory["sendmail.cf"].string
    return text.replacing("/usr/bin/sudo -n ", with: "")
      .replacing(" -C /etc/mail/sendmail.cf", with: "")
      .replacing(
        "/usr/sbin/smcontrol check",
        with: "\(place.program) -C \(configuration) check"
      )
      .replacing("/usr/sbin/smcontrol", with: place.program.string)
  }
}
