// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// `COMMAND > FILE` and `COMMAND >> FILE`.
enum OutputFile {
  /// Lets `body` write to the file at `path`. A new one is readable by its owner alone, and a symbolic link is
  /// not followed. A regular file is replaced when all of the output has been written; one that exists stays
  /// as it is when it has not.
  ///
  /// - Throws: ``CommandFailure`` when the file cannot be opened or replaced.
  static func write(
    to path: FilePath, appending: Bool, _ context: CommandContext,
    body: (CommandContext) async -> Int32
  ) async throws(CommandFailure) -> Int32 {
    if appending { return try await append(to: path, context, body: body) }
    if let facts = try? Stat(path, followTargetSymlink: false), facts.type.isWrittenInPlace {
      let descriptor = try open(path, options: [])
      defer { try? descriptor.close() }
      return await body(context.writing(to: descriptor, called: path))
    }
    do {
      let file = try AtomicFile(at: path)
      let context = context.writing(to: file.descriptor, called: path)
      let status = await body(context)
      guard !context.console.hasLostOutput, status != ExitStatus.interrupted.rawValue else {
        return status
      }
      try file.commit()
      return status
    } catch {
      throw CommandFailure(error)
    }
  }

  private static func append(
    to path: FilePath, _ context: CommandContext, body: (CommandContext) async -> Int32
  ) async throws(CommandFailure) -> Int32 {
    let descriptor = try open(path, options: [.create, .append])
    defer { try? descriptor.close() }
    let facts: Stat
    do {
      facts = try Stat(descriptor)
    } catch {
      throw CommandFailure(FileError("fstat", error, path: path))
    }
    let context = context.writing(to: descriptor, called: path)
    if facts.type == .regular {
      guard facts.linkCount == 1 else {
        throw CommandFailure(
          FileError(
            path: path, reason: "has several names (hard links), and links are not followed"))
      }
      if facts.size > 0, !endsLine(path, size: facts.size) { try context.console.write("\n") }
    }
    return await body(context)
  }

  /// Returns whether the last line of a file has its end. One that cannot be read is taken to have it.
  private static func endsLine(_ path: FilePath, size: Int64) -> Bool {
    guard
      let descriptor = try? FileDescriptor.open(
        path, .readOnly, options: [.noFollow, .closeOnExec, .nonBlocking])
    else { return true }
    defer { try? descriptor.close() }
    _ = try? descriptor.seek(offset: size - 1, from: .start)
    return (try? descriptor.readOnce(atMost: 1)).map { $0 == [ASCII.lineFeed] } ?? true
  }

  private static func open(
    _ path: FilePath, options: FileDescriptor.OpenOptions
  ) throws(CommandFailure) -> FileDescriptor {
    do {
      // Not blocking, in case it is a FIFO without a reader.
      return try FileDescriptor.open(
        path, .writeOnly, options: options.union([.noFollow, .closeOnExec, .nonBlocking]),
        permissions: .ownerReadWrite)
    } catch Errno.tooManySymbolicLinkLevels {
      throw CommandFailure(
        FileError(
          path: path,
          reason: "is a symbolic link, and links are not followed: name the file itself"))
    } catch {
      throw CommandFailure(FileError("open", error, path: path))
    }
  }
}

extension FileType {
  /// True if it has no contents that could be replaced as a whole.
  fileprivate var isWrittenInPlace: Bool { self != .regular && self != .symbolicLink }
}

extension CommandContext {
  /// The same with output to `descriptor`, the file at `path`.
  fileprivate func writing(to descriptor: FileDescriptor, called path: FilePath) -> CommandContext {
    var context = self
    context.console = console.writing(to: descriptor, called: path.escaped)
    return context
  }
}
