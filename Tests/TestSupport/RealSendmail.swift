// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
internal import Synchronization
public import SystemPackage

/// Debian's sendmail, unpacked under the build folder by `Scripts/real-sendmail`.
public struct RealSendmail: Sendable {
  /// The program, by its absolute path.
  public let binary: FilePath
  /// sendmail's own program for its statistics.
  public let mailstats: FilePath
  /// The directory of the libraries that the machine lacks, and of the shim.
  public let libraries: FilePath
  /// sendmail's own client of the control socket.
  public let smcontrolPerl: FilePath
  /// The package's file of help texts.
  public let helpFile: FilePath
  private let shim: String

  /// The variables that the program needs over those of the test process.
  public var environment: [String: String] {
    // The shim by its bare name, found along the library path: LD_PRELOAD takes no path with blanks.
    ["LD_LIBRARY_PATH": libraries.string, "LD_PRELOAD": shim]
  }

  /// The real sendmail, unpacked now unless it is there already.
  ///
  /// - Throws: ``HarnessError``, with the reason why there is none.
  public static func required() async throws -> RealSendmail {
    try await unpacking.value
  }

  /// Runs sendmail's own client on the control socket at `socket`.
  ///
  /// `command` is a command of the daemon, not `start`, which starts the machine's own sendmail.
  ///
  /// - Throws: as ``ProcessRunner`` does.
  public func runSmcontrolPerl(_ command: String, socket: FilePath) async throws -> ProcessOutcome {
    precondition(command != "start", "would start the mail system of this machine")
    return try await ProcessRunner.run(
      "/usr/bin/perl", [smcontrolPerl.string, "-f", socket.string, command])
  }

  /// A copy of the program and all it needs below `directory`, which every user can read: the
  /// build folder may be in a directory that `nobody` may not enter.
  ///
  /// - Throws: whatever Foundation's `FileManager` throws.
  public func copied(to directory: TemporaryDirectory) throws -> RealSendmail {
    let manager = FileManager.default
    for (source, name) in [(binary, "sendmail"), (libraries, "libraries"), (helpFile, "helpfile")] {
      try manager.copyItem(atPath: source.string, toPath: directory[name].string)
    }
    return RealSendmail(
      binary: directory["sendmail"], mailstats: mailstats, libraries: directory["libraries"],
      smcontrolPerl: smcontrolPerl, helpFile: directory["helpfile"], shim: shim)
  }

  /// Once a process, however many tests ask.
  private static let unpacking = Task { try await unpack() }

  private static func unpack() async throws -> RealSendmail {
    let peer = try await UnpackedPeer(script: "real-sendmail")
    return RealSendmail(
      binary: FilePath(try peer.part("binary")), mailstats: FilePath(try peer.part("mailstats")),
      libraries: FilePath(try peer.part("libraries")),
      smcontrolPerl: FilePath(try peer.part("smcontrol")),
      helpFile: FilePath(try peer.part("helpfile")),
      shim: try peer.part("shim"))
  }

  private init(
    binary: FilePath, mailstats: FilePath, libraries: FilePath, smcontrolPerl: FilePath,
    helpFile: FilePath, shim: String
  ) {
    self.binary = binary
    self.mailstats = mailstats
    self.libraries = libraries
    self.smcontrolPerl = smcontrolPerl
    self.helpFile = helpFile
    self.shim = shim
  }
}
