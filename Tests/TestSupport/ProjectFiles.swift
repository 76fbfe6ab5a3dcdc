// SPDX-License-Identifier: GPL-3.0-or-later

public import SystemPackage

/// The files of the project that the tests are built from.
public enum ProjectFiles {
  /// The folder of the package.
  public static let root = FilePath(#filePath)
    .removingLastComponent().removingLastComponent().removingLastComponent()

  /// The file at `path`, relative to the package.
  public static func file(_ path: String) -> FilePath { root.appending(path) }
}
