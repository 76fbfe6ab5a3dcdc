// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
public import SystemPackage

/// Synthetic queue directories and a configuration that names them, for one test.
public struct Spool: Sendable {
  /// The directory with `sendmail.cf` and the base queue directory `mq`.
  public let directory: TemporaryDirectory
  /// The time now, in seconds since 1970.
  public let now: Int

  /// The configuration file.
  public var configurationFile: FilePath { directory["sendmail.cf"] }

  /// A spool with these directories below `mq`.
  ///
  /// - Parameters:
  ///   - directories: names below `mq`.
  ///   - queueDirectory: `QueueDirectory`, relative to the spool's directory.
  ///   - lines: more lines of the configuration; `@DIR@` becomes the spool's directory.
  /// - Throws: ``HarnessError``, and what Foundation's `FileManager` throws.
  public init(
    _ directories: [String] = [], queueDirectory: String = "mq", lines: [String] = []
  ) throws {
    directory = try TemporaryDirectory()
    now = time(nil)
    try directory.makeDirectory("mq")
    for name in directories { try directory.makeDirectory("mq/\(name)") }
    let text =
      ["V10/Berkeley", "O QueueDirectory=\(directory.path)/\(queueDirectory)"]
      + lines.map { $0.replacing("@DIR@", with: directory.path.string) }
    try directory.write(text.joined(separator: "\n") + "\n", to: "sendmail.cf")
  }

  /// An id as sendmail makes them, of the message with this number that came so many seconds ago.
  public func id(_ number: Int, age: Int = 0) -> String {
    let characters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx")
    var moment = now - age
    var parts = unsafe tm()
    unsafe gmtime_r(&moment, &parts)
    let digits = unsafe [
      Int(parts.tm_year) % 60, Int(parts.tm_mon), Int(parts.tm_mday), Int(parts.tm_hour),
      Int(parts.tm_min), Int(parts.tm_sec), number / 60 % 60, number % 60,
    ]
    return String(digits.map { characters[$0] }) + String(100_000 + number)
  }

  /// Writes a file of a queue, last changed so many seconds ago.
  ///
  /// - Throws: ``HarnessError`` when it cannot be written.
  public func write(_ contents: some Collection<UInt8>, to name: String, age: Int = 0) throws {
    try setAge(age, of: try directory.write(contents, to: "mq/\(name)"))
  }

  /// Writes a waiting message: a control file and a body of `size` bytes.
  ///
  /// `queue` is the directory below `mq`; empty for `mq` itself.
  ///
  /// - Throws: ``HarnessError`` when it cannot be written.
  public func writeMessage(
    _ number: Int, in queue: String = "", age: Int = 0, size: Int = 10,
    recipients: [String] = ["user@example.com"], sender: String = "me@example.org",
    status: String? = nil
  ) throws {
    let id = id(number, age: age)
    let place = queue.isEmpty ? "" : "\(queue)/"
    var lines = ["V8", "T\(now - age)", "K0", "N0", "P30000"]
    if let status { lines.append("M\(status)") }
    lines += ["Fs", "S\(sender)"] + recipients.map { "RPFD:\($0)" } + ["H??Subject: x", ".", ""]
    try write(Array(lines.joined(separator: "\n").utf8), to: "\(place)qf\(id)", age: age)
    try write([UInt8](repeating: 0x78, count: size), to: "\(place)df\(id)", age: age)
  }

  /// Makes a file seem to have been changed so many seconds ago.
  ///
  /// - Throws: ``HarnessError`` when the system refuses.
  public func setAge(_ age: Int, of path: FilePath) throws {
    let times = [
      timespec(tv_sec: now - age, tv_nsec: 0), timespec(tv_sec: now - age, tv_nsec: 0),
    ]
    let result = unsafe path.withPlatformString { unsafe utimensat(AT_FDCWD, $0, times, 0) }
    guard result == 0 else { throw HarnessError("utimensat", path, .current) }
  }
}
