// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// The failed system calls of a scan: each kind of failure once, with its count and first path.
struct ScanErrors {
  private struct Key: Hashable {
    let call: String
    let errno: Errno
  }

  private var counts: [Key: Int] = [:]
  private var first: [Key: [UInt8]] = [:]
  private var order: [Key] = []

  /// Adds a failure of `call` on the directory at `path`.
  mutating func add(_ call: String, _ error: Errno, _ path: [UInt8]) {
    add(Key(call: call, errno: error)) { path }
  }

  /// Adds a failure of `call` on the file called `name` in the directory at `path`.
  mutating func add(_ call: String, _ error: Errno, _ path: [UInt8], name: DirectoryEntry) {
    add(Key(call: call, errno: error)) {
      unsafe path + [ASCII.slash] + Array(name.bytes)
    }
  }

  private mutating func add(_ key: Key, _ path: () -> [UInt8]) {
    if counts[key] == nil {
      order.append(key)
      first[key] = path()
    }
    counts[key, default: 0] += 1
  }

  /// The failures in words, in the order of their first occurrence.
  var problems: [QueueReport.Problem] {
    order.map { key in
      let count = counts[key] ?? 1
      let more = count > 1 ? ", and \(count - 1) more like it" : ""
      return QueueReport.Problem(
        failed: key.call, key.errno, path: first[key] ?? [], remark: more)
    }
  }
}

extension QueueReport.Problem {
  /// A failure of a system call on `path`, in words that say what to do about it.
  init(failed call: String, _ error: Errno, path: [UInt8], remark: String = "") {
    let text = "\(TerminalEscaping.escape(path)): \(call): \(error)\(remark)"
    switch error {
    case .permissionDenied, .notPermitted:
      self.init(.noPermission, "\(text); run as root or as a user who may read it")
    case .noSuchFileOrDirectory, .notDirectory, .tooManySymbolicLinkLevels:
      self.init(.notThere, "\(text); sendmail does not start without it")
    default: self.init(.system, text)
    }
  }
}
