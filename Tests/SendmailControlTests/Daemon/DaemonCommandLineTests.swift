// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("The command line of a daemon")
struct DaemonCommandLineTests {
  static func line(_ text: String) -> DaemonCommandLine {
    DaemonCommandLine(line: Array(text.utf8))
  }

  static let settings: [(line: String, settings: [String])] = [
    ("", []), ("sendmail", []), ("sendmail -bd -q15m", []),
    (
      "sendmail -OQueueDirectory=/x -O MinFreeBlocks=9 -bd",
      ["QueueDirectory=/x", "MinFreeBlocks=9"]
    ),
    ("sendmail -oQ/x -o A/etc/aliases", ["QueueDirectory=/x", "AliasFile=/etc/aliases"]),
    // The last one counts, but for options that add up.
    ("sendmail -OQueueLA=1 -OqueueLA=2", ["QueueLA=2"]),
    (
      "sendmail -ODaemonPortOptions=Name=A -ODaemonPortOptions=Name=B",
      ["DaemonPortOptions=Name=A", "DaemonPortOptions=Name=B"]
    ),
    (
      "sendmail -OTimeout.ident=0 -OTimeout.queuereturn=5d",
      ["Timeout.ident=0", "Timeout.queuereturn=5d"]
    ),
    // The words of the PID file are joined by blanks.
    (
      "sendmail -ODaemonPortOptions=Name=MTA, Port=25 -bd",
      ["DaemonPortOptions=Name=MTA, Port=25"]
    ),
    (
      "sendmail -O DaemonPortOptions=Name=MTA, Port=25 -bd", ["DaemonPortOptions=Name=MTA, Port=25"]
    ),
    ("sendmail -Onosuch=1 -O", []),
  ]

  @Test("Its options", arguments: settings)
  func options(line: String, settings: [String]) {
    let found = Self.line(line).settings.map {
      "\($0.name)=\(String(decoding: $0.value, as: UTF8.self))"
    }
    #expect(found == settings)
  }

  static let relative: [(line: String, isRelative: Bool?)] = [
    ("", nil), ("/usr/sbin/sendmail -bd", false), ("sendmail -bd", true),
    ("/usr/sbin/sendmail -bd -C s.cf", true), ("/usr/sbin/sendmail -C/m/s.cf -bd", false),
  ]

  @Test("A daemon cannot restart by a relative path", arguments: relative)
  func cannotRestart(line: String, isRelative: Bool?) {
    #expect(DaemonCommandLine.isRelative(Array(line.utf8)) == isRelative)
  }

  static let files: [(line: String, file: String?, isDaemon: Bool)] = [
    ("sendmail -bd", nil, true), ("sendmail -bD -C /m/a b.cf -q1h", "/m/a b.cf", true),
    ("sendmail -C/m/a.cf -b d", "/m/a.cf", true), ("sendmail -q15m", nil, false),
    ("sendmail -Ac -q15m", "/etc/mail/submit.cf", false), ("sendmail -Am -bd", nil, true),
    // Without a file it is the default one.
    ("sendmail -C -bd", nil, true), ("sendmail -bs -bd", nil, true), ("sendmail -bp", nil, false),
    // The argument of another option is no option.
    ("sendmail -X -bd -f -Cx", nil, false), ("sendmail -X log -bd", nil, true),
  ]

  @Test("Its configuration file, and whether it is a daemon's", arguments: files)
  func file(line: String, file: String?, isDaemon: Bool) {
    let found = Self.line(line)
    #expect(found.configurationFile.map { String(decoding: $0, as: UTF8.self) } == file)
    #expect(found.isDaemon == isDaemon)
  }

  @Test("Options can be left out")
  func without() {
    let line = Self.line("sendmail -OControlSocketName=x -OQueueLA=1 -C /m/a.cf -oQ/x -bd")
      .without([.controlSocketName, .queueDirectory])
    #expect(line.settings.map(\.name) == ["QueueLA"])
    #expect(line.configurationFile == Array("/m/a.cf".utf8))
  }
}

@Suite("The directory in which a daemon works")
struct WorkingDirectoryTests {
  static func difference(_ actual: Fact<[UInt8]>, _ isSame: Bool?) -> String? {
    WorkingDirectory(
      process: 12, configured: Array("/q".utf8), actual: actual, isSame: isSame
    ).difference
  }

  @Test("Only a known difference is one")
  func differences() {
    let other = Fact.known(Array("/o\u{1B}".utf8))
    #expect(Self.difference(other, false)?.contains("works in /o\\x1B, not in /q: ") == true)
    #expect(
      Self.difference(.known(Array("/q".utf8)), false)?
        .contains("works in another directory than the one that is now at /q: ") == true)
    #expect(Self.difference(other, true) == nil)
    #expect(Self.difference(other, nil) == nil)
    #expect(Self.difference(.unknown(reason: "Permission denied"), nil) == nil)
  }
}
