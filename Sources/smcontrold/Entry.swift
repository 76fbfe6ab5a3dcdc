// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import Dispatch
internal import Glibc
internal import SendmailControlClient
internal import SendmailControlDaemon
internal import SystemPackage
internal import SystemSupport

@main
enum Entry {
  /// The descriptors that libdispatch opens, for Swift's tasks and for signals; without them it ends the
  /// process.
  private static let descriptorsForDispatch = 8

  // Not asynchronous: that would start libdispatch before the descriptors are counted.
  static func main() {
    do {
      try StandardDescriptors.occupy()
    } catch {
      // Nothing can be said where standard error may be closed.
      exit(DaemonExitStatus.system)
    }
    do {
      try ControlDaemon.requireDescriptors(descriptorsForDispatch)
    } catch {
      _ = try? FileDescriptor.standardError.writeAll("smcontrold: \(error)\n".utf8)
      exit(DaemonExitStatus.code(for: error))
    }
    Task {
      await DaemonCommand.main()
      exit(0)
    }
    dispatchMain()
  }
}
