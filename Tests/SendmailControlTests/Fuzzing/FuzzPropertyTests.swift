// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import FuzzProperties

/// The properties that hold for any bytes, applied to all test data and to every input that fuzzing ever
/// failed with, which Data/Fuzzing keeps by target.
@Suite struct FuzzPropertyTests {
  @Test("The properties hold for the test data", arguments: FuzzTarget.allCases)
  func thePropertiesHoldForTheTest(_ target: FuzzTarget) async {
    let folders =
      switch target {
      case .configuration: ["Configuration", "ConfigurationFiles"]
      case .queue: ["Transcripts", "ControlFiles"]
      case .statistics: ["Transcripts", "Statistics"]
      case .status, .mstat, .request, .text: ["Transcripts"]
      }
    let files = (folders + ["Fuzzing/\(target.rawValue)"]).flatMap { Self.files(in: $0) }
    #expect(files.count > 100)
    for file in files {
      // The memory dumps go on as they begin, for half a megabyte.
      let bytes = Array(TestData.bytes(file).prefix(8192))
      #expect(target.complaint(about: bytes) == nil, "\(file)")
      // The other tests have to get on, too.
      await Task.yield()
    }
  }

  /// Bytes that violate each kind of property in code that does not ensure it.
  @Test(
    "The properties hold for what is hostile",
    arguments: [
      (FuzzTarget.text, "\u{1B}]0;owned\u{7}\u{202E}\u{9B}"), (.request, " \tSTATUS\u{0}x\n"),
      (.queue, "V8\nR:<a@\u{1B}[2J\u{9B}>\nM\u{202E}\u{7F}\nS\u{85}@\u{7}\n"),
      (.status, "0/3/5/0\r\n1 \u{1B}[2J\u{7F}\r\n"),
      (.mstat, "C:0\r\nM:0\r\nL:0\r\nP:1 \u{85}x\r\n"),
      (
        .configuration,
        "O ControlSocketName=/\u{7F}\u{1B}\u{202E}\nO Foo\u{9B}=\u{7F}\n-OFoo\u{7F}=1"
      ),
    ])
  func thePropertiesHoldForWhat(_ target: FuzzTarget, text: String) {
    #expect(target.complaint(about: Array(text.utf8)) == nil)
  }

  @Test(
    "Unsafe paths are found",
    arguments: ["\u{0}", "a\u{1B}", "\u{7F}", "\u{9B}z", "\u{202E}", "\u{E0041}", "\r"])
  func whatIsHarmfulIsSeen(_ text: String) {
    #expect(Harm.complaint(about: text, in: "a test") != nil)
    #expect(Harm.complaint(about: "plain \u{E9}\t\n", in: "a test") == nil)
    #expect(Harm.complaint(aboutLine: "two\nlines", in: "a test") != nil)
  }

  private static func files(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: TestData.path(folder))) ?? []
    return names.sorted().map { "\(folder)/\($0)" }
  }
}
