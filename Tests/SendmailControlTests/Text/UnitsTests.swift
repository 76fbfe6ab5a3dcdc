// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import SendmailControl

@Suite("Numbers with their units")
struct UnitsTests {
  @Test(
    "Sizes",
    arguments: [
      (0, "0 KiB"), (1023, "1023 KiB"), (1024, "1.0 MiB"), (1126, "1.0 MiB"), (1127, "1.1 MiB"),
      (1_048_575, "1023.9 MiB"), (1_048_576, "1.0 GiB"), (80_681_788, "76.9 GiB"),
      (1 << 40, "1.0 PiB"), (.max, "8388607.9 PiB"), (-1, "-1 KiB"),
    ])
  func sizes(kibibytes: Int, text: String) {
    #expect(Units.size(kibibytes: kibibytes) == text)
  }

  @Test("Modes", arguments: [(0o660, "0660"), (0, "0000"), (0o7, "0007"), (0o1777, "1777")])
  func modes(bits: Int, text: String) {
    #expect(Units.mode(bits) == text)
  }

  @Test(
    "Times",
    arguments: [
      (0, "0s"), (-3, "0s"), (59, "59s"), (60, "1m00s"), (252, "4m12s"), (3599, "59m59s"),
      (3600, "1h00m"), (11_100, "3h05m"), (86_399, "23h59m"), (86_400, "1d00h"),
      (183_600, "2d03h"), (.max, "106751991167300d15h"),
    ])
  func times(seconds: Int64, text: String) {
    #expect(Duration.seconds(seconds).inTwoUnits == text)
  }

  @Test(
    "Processor times",
    arguments: [
      (0, "0.00s"), (9, "0.00s"), (70, "0.07s"), (1230, "1.23s"), (59_999, "59.99s"),
      (60_000, "1m00s"),
    ])
  func processorTimes(milliseconds: Int, text: String) {
    #expect(Duration.milliseconds(milliseconds).asProcessorTime == text)
  }

  @Test(
    "Seconds",
    arguments: [
      (0, "0"), (999, "0"), (21_000, "0.021"), (3_000_000, "3"), (3_000_999, "3"),
      (62_100_000, "62.100"),
    ])
  func seconds(microseconds: Int, text: String) {
    #expect(Duration.microseconds(microseconds).inSeconds == text)
  }

  @Test("Milliseconds")

  func milliseconds() {
    #expect(Duration.microseconds(2_001_999).milliseconds == 2001)
  }

  @Test("Calendar")

  func calendar() {
    let time = CalendarTime(year: 2026, month: 3, day: 9, hour: 4, minute: 0, second: 21)
    #expect(time.date == "2026-03-09")
    #expect(time.time == "04:00:21")
  }
}
