// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import Subprocess
internal import SystemPackage

/// A program that shows text a screen at a time. It is run directly, without a shell.
public struct Pager: Sendable {
  private let program: String
  private let arguments: [String]
  private let isSecure: Bool

  /// A pager.
  ///
  /// - Parameters:
  ///   - words: its name or path, and its arguments; `nil` comes of no words.
  ///   - isSecure: whether less is kept from starting other programs and from writing files
  ///     (`LESSSECURE`), as it should be where it runs for root.
  public init?(words: [String], isSecure: Bool) {
    guard let program = words.first, !program.isEmpty else { return nil }
    self.program = program
    arguments = Array(words.dropFirst())
    self.isSecure = isSecure
  }

  /// Shows `text` until the user leaves the pager, and puts the terminal's settings back.
  ///
  /// Ctrl-C is the pager's own matter while it runs, and forgotten after it. SIGTERM and SIGHUP end it.
  ///
  /// - Throws: ``FileError`` when it cannot be run; nothing has been shown then.
  public func show(_ text: String, interruption: Interruption) async throws(FileError) {
    let settings = Terminal.Settings()
    defer { settings?.restore() }
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await run(Array(text.utf8), interruption) }
        group.addTask {
          while !interruption.asksForTheEnd { try await Task.sleep(for: .milliseconds(50)) }
        }
        // Cancelling ends the pager, when it is not it that has ended.
        defer { group.cancelAll() }
        try await group.next()
      }
    } catch let error as SubprocessError {
      throw FileError(
        call: "exec", errno: error.underlyingError ?? .noSuchFileOrDirectory,
        path: FilePath(program), reason: "")
    } catch {
      throw FileError(
        call: "pipe", errno: error as? Errno ?? .ioError, path: FilePath(program), reason: "")
    }
    interruption.forgetInterrupt()
  }

  private func run(_ bytes: [UInt8], _ interruption: Interruption) async throws {
    let (readEnd, writeEnd) = try FileDescriptor.pipe()
    // A pager that held it open itself would never see the end.
    _ = fcntl(writeEnd.rawValue, F_SETFD, FD_CLOEXEC)
    var options = PlatformOptions()
    options.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .seconds(2))]
    let configuration = Configuration(
      executable: program.contains("/") ? .path(FilePath(program)) : .name(program),
      arguments: Arguments(arguments), environment: environment, platformOptions: options)
    do {
      _ = try await Subprocess.run(
        configuration, input: .fileDescriptor(readEnd, closeAfterSpawningProcess: true),
        output: .currentStandardOutput, error: .currentStandardError
      ) { _ in
        defer { try? writeEnd.close() }
        Self.write(bytes, to: writeEnd, interruption)
      }
    } catch let error as SubprocessError {
      // A descriptor that was never handed over is still ours.
      if error.code == .executableNotFound || error.code == .spawnFailed {
        try? writeEnd.close()
      }
      throw error
    }
  }

  /// Writes until the pager has everything or wants no more. It reads no more than it shows, so this
  /// takes as long as the user reads.
  private static func write(
    _ bytes: [UInt8], to descriptor: FileDescriptor, _ interruption: Interruption
  ) {
    var rest = bytes[...]
    while !rest.isEmpty {
      do {
        let count = try unsafe rest.withUnsafeBytes {
          unsafe try descriptor.write($0, retryOnInterrupt: false)
        }
        rest = rest.dropFirst(count)
      } catch Errno.interrupted where !interruption.asksForTheEnd {
        continue
      } catch {
        return
      }
    }
  }

  private var environment: Environment {
    var changes: [Environment.Key: String?] = [:]
    // Without options of the user's own: end at the end of a text of one screen, pass colours on,
    // and leave the text on the screen.
    if unsafe getenv("LESS") == nil { changes["LESS"] = "FRX" }
    if isSecure { changes["LESSSECURE"] = "1" }
    return .inherit.updating(changes)
  }
}
