// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

/// The examples of the manual pages, run where a daemon answers and nothing else is installed.
@Suite("The examples of the manual")
struct ManualExamplesTests {
  static let pages = [
    "smcontrol.8", "smcontrol-shell.7", "smcontrol-audit.7", "smcontrol-json.5",
    "smcontrol-queues.7",
  ]

  @Test("Each succeeds", arguments: pages)
  func examples(page: String) async throws {
    let file = ProjectFiles.file("man/\(page)").string
    let examples = Self.examples(in: try String(contentsOfFile: file, encoding: .utf8))
    #expect(examples.count > 1)
    for example in examples {
      try await ScratchDaemon.run { scratch in
        try scratch.directory.write(
          "V10/Berkeley\nO UseMSP=True\nO QueueDirectory=\(scratch.directory.path)\n",
          to: "submit.cf")
        let outcome = try await ProcessRunner.run(
          "/bin/bash", ["-c", "set -o pipefail; \(example)"],
          environment: [
            "PATH": "\(BuiltBinaries.directory):/usr/bin:/bin", "LC_ALL": "C.UTF-8",
            "SMCONTROL_CF": scratch.configurationFile.string, "SMCONTROL_SOCKET": nil,
            "SMCONTROL_TIMEOUT": "60", "SMCONTROL_READONLY": nil,
          ], workingDirectory: scratch.directory.path)
        // An audit may find something, and it may need root.
        let expected: [Int32] = example.contains("audit") ? [0, 1, 77] : [0]
        #expect(
          outcome.status.map(expected.contains) == true,
          "\(page): \(example): \(outcome.termination): \(outcome.output)\(outcome.errorOutput)")
      }
    }
  }

  @Test("Those of smcontrold(8) give a daemon that answers")
  func daemon() async throws {
    let file = ProjectFiles.file("man/smcontrold.8").string
    let lines = Self.examples(in: try String(contentsOfFile: file, encoding: .utf8))
    #expect(lines.count == 2)
    try await withTemporaryDirectory { directory in
      let wait = "for n in {1..600}; do [ -S control ] && break; sleep 0.05; done"
      let outcome = try await ProcessRunner.run(
        "/bin/bash",
        ["-c", lines.joined(separator: "\n\(wait)\n") + "\nstatus=$?; kill %1; exit $status"],
        environment: ["PATH": "\(BuiltBinaries.directory):/usr/bin:/bin", "LC_ALL": "C.UTF-8"],
        workingDirectory: directory.path)
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errorOutput)")
    }
  }

  /// The command lines in the section EXAMPLES of a page; one that ends in `|` goes on in the next line.
  private static func examples(in page: String) -> [String] {
    guard let section = page.firstMatch(of: /\.Sh EXAMPLES\n((?s).*?)\n\.Sh\s/) else { return [] }
    var examples: [String] = []
    for line in section.output.1.split(separator: "\n") where line.hasPrefix(".Dl ") {
      let text = line.dropFirst(4).replacing("\\(dq", with: "\"").replacing("\\&", with: "")
        .replacing("\\e", with: "\\").replacing("\\ ", with: " ")
      if examples.last?.hasSuffix("|") == true {
        examples[examples.count - 1] += text
      } else {
        examples.append(String(text))
      }
    }
    return examples
  }
}
