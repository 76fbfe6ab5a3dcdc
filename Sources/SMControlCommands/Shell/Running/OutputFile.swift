// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// `COMMAND > FILE` and `COMMAND >> FILE`.
enum OutputFile {
  /// Lets `body` write to the file at `path`. One that is made is readable by its owner alone, and
  /// a symbolic link is not followed.
  ///
  /// - Throws: ``CommandFailure`` when the file cannot be opened.
  static func write(
    to path: FilePath, appending: Bool, _ context: CommandContext,
    body: (CommandContext) async -> Int32
  ) async throws(CommandFailure) -> Int32 {
    let descriptor = try open(path, appending: appending)
    defer { try? descriptor.close() }
    var context = context
    context.console = context.console.writing(to: descriptor, called: path.escaped)
    return await body(context)
  }

  private static func open(
    _ path: FilePath, appending: Bool
  ) throws(CommandFailure) -> FileDescriptor {
    do {
      // Not blocking, in case it is a FIFO without a reader.
      return try FileDescriptor.open(
        path, .writeOnly,
        options: [.create, appending ? .append : .truncate, .noFollow, .closeOnExec, .nonBlocking],
        permissions: .ownerReadWrite)
    } catch {
      let text = path.escaped
      switch error as? Errno {
      case .tooManySymbolicLinkLevels:
        throw CommandFailure(
          .inputOutputError,
          "\(text): is a symbolic link, and links are not followed: name the file itself")
      case .permissionDenied, .notPermitted:
        throw CommandFailure(.noPermission, "\(text): open: \(error)")
      default:
        throw CommandFailure(.inputOutputError, "\(text): open: \(error)")
      }
    }
  }
}
