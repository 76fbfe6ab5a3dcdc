// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SendmailControl
internal import SystemPackage
internal import SystemSupport

extension ObservationSources {
  /// This machine.
  package static let live = ObservationSources(
    pidFile: { path, triesLock in
      fact { () throws(Errno) in
        PIDFileFacts(try PIDFile(at: FilePath(bytes: path), triesLock: triesLock), triesLock)
      }
    },
    socketFile: { path in
      fact { () throws(Errno) in SocketFileFacts(try SocketFile(at: FilePath(bytes: path))) }
    },
    mayConnect: { path in
      // connect(2) asks for the right to write.
      let result = unsafe FilePath(bytes: path).withPlatformString {
        unsafe faccessat(AT_FDCWD, $0, W_OK, AT_EACCESS)
      }
      guard result < 0 else { return .known(true) }
      let error = Errno(rawValue: errno)
      return error == .permissionDenied
        ? .known(false) : fact { () throws(Errno) in throw error }
    },
    listeningSockets: { ListeningSockets.list() },
    ancestors: { ProcessTable.ancestors() },
    sharesNetwork: { pid in
      guard let own = try? Files.linkTarget(of: "/proc/self/ns/net"),
        let other = try? Files.linkTarget(of: FilePath("/proc/\(pid)/ns/net"))
      else { return nil }
      return own == other
    },
    process: { ProcessTable.observe($0, inFull: true) },
    processes: { ProcessTable.processIDs().compactMap { ProcessTable.observe($0).value } },
    heldSockets: SocketHolders.holders,
    tcpListeners: { ListeningPorts.list() },
    socketsOf: { pid in fact { () throws(Errno) in Set(try SocketHolders.sockets(of: pid)) } },
    bindError: BindAttempt.error,
    heldPIDFile: { pid in PIDFile.held(by: pid).map { PIDFileFacts($0, false) } })

  /// The answer to a question about a file.
  private static func fact<Value: Sendable & Equatable>(
    _ ask: () throws(Errno) -> Value
  ) -> Fact<Value> {
    do {
      return .known(try ask())
    } catch .noSuchFileOrDirectory {
      return .absent
    } catch {
      return .unknown(
        reason: error.description, isForbidden: [.permissionDenied, .notPermitted].contains(error))
    }
  }
}

extension PIDFileFacts {
  /// The contents of `file`, whose lock was tried or not.
  init(_ file: PIDFile, _ triedLock: Bool) {
    self.init(
      processID: file.processID, commandLine: file.commandLine,
      isLocked: triedLock ? file.isLocked : nil, lockHolder: file.lockHolder)
  }
}

extension SocketFileFacts {
  /// The facts of `file`, with names of users.
  init(_ file: SocketFile) {
    self.init(
      kind: FileFacts.Kind(file.facts.type),
      owner: LiveAccounts().userName(file.facts.userID.rawValue),
      group: LiveAccounts().groupName(file.facts.groupID.rawValue),
      mode: UInt16(truncatingIfNeeded: file.facts.permissions.rawValue),
      inode: UInt64(file.facts.inode.rawValue),
      device: DeviceNumber(UInt64(file.facts.deviceID.rawValue)))
  }
}
