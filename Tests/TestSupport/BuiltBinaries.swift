// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
public import SystemPackage

/// The programs under test, which the build puts beside the test program.
public enum BuiltBinaries {
  /// The directory of the build's programs.
  public static let directory = testProgram.removingLastComponent()

  /// The program the tests are linked into.
  public static let testProgram = FilePath(
    // /proc/self/exe, since the first argument may be a path relative to anywhere.
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0])

  /// The administrator's command.
  public static var smcontrol: FilePath { directory.appending("smcontrol") }

  /// The soak test's program: many clients and a daemon with injected faults.
  public static var soak: FilePath { directory.appending("soak") }

  /// The stand-in daemon.
  public static var smcontrold: FilePath { directory.appending("smcontrold") }
}
