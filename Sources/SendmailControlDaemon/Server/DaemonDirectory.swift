// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// The directory of a daemon's own, mode 0700, with its configuration file, and with its socket and its PID
/// file where no other path is given.
struct DaemonDirectory: Sendable {
  let path: FilePath

  var socket: FilePath { path.appending("control") }
  var pidFile: FilePath { path.appending("sendmail.pid") }
  var configurationFile: FilePath { path.appending("sendmail.cf") }

  /// Makes a new, empty directory: in `TMPDIR` if the path of a socket in it is short enough, otherwise in
  /// `/tmp`.
  ///
  /// - Throws: ``DaemonError`` when the system refuses it.
  init() throws(DaemonError) {
    let name = "smc.XXXXXX"
    let wanted = unsafe getenv("TMPDIR").map { unsafe FilePath(platformString: $0) } ?? "/tmp"
    let longest = ControlLimits.longestSocketPath - "/\(name)/control".utf8.count
    let isShort = wanted.isAbsolute && wanted.length <= longest
    let parent: FilePath = isShort ? wanted : "/tmp"
    var template = parent.appending(name).bytes.cString
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer -> FilePath? in
      guard let start = buffer.baseAddress, let name = unsafe mkdtemp(start) else { return nil }
      return unsafe FilePath(platformString: name)
    }
    guard let made else {
      throw DaemonError(
        .system, systemCall: "mkdtemp", errno: Errno(rawValue: errno), path: parent)
    }
    path = made
  }

  /// Writes a sendmail.cf that names the socket and the PID file of `configuration`.
  ///
  /// - Throws: ``DaemonError`` when the system refuses it.
  func writeConfigurationFile(_ configuration: DaemonConfiguration) throws(DaemonError) {
    var lines = [
      "V10/Berkeley", "O QueueDirectory=\(path)",
      "O ControlSocketName=\(Self.absolute(configuration.socketPath ?? socket))",
      "O PidFile=\(Self.absolute(configuration.pidFile ?? pidFile))",
      // A port that has no listener, so that no client takes a mail system of the machine for the daemon.
      "O DaemonPortOptions=Name=MTA, Addr=127.0.0.1, Port=1",
    ]
    if let limit = configuration.state.maximumChildren, limit > 0 {
      lines.append("O MaxDaemonChildren=\(limit)")
    }
    let text = lines.joined(separator: "\n") + "\n"
    do {
      let file = try FileDescriptor.open(
        configurationFile, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: .ownerReadWrite)
      try file.closeAfter { _ = try file.writeAll(text.utf8) }
    } catch {
      throw DaemonError(
        .system, systemCall: "open", errno: error as? Errno, path: configurationFile)
    }
  }

  /// `path`, after the working directory if it is relative: sendmail takes such a path to be relative to
  /// its queue directory.
  private static func absolute(_ path: FilePath) -> FilePath {
    guard path.isRelative, let directory = unsafe getcwd(nil, 0) else { return path }
    defer { unsafe free(directory) }
    return unsafe FilePath(platformString: directory).pushing(path)
  }

  /// Removes the directory and the files that the daemon has made in it. Others stay, and the directory with
  /// them.
  func remove() {
    for file in [socket, pidFile, configurationFile] { try? Files.remove(file.bytes) }
    _ = unsafe path.withPlatformString { unsafe rmdir($0) }
  }
}
