// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
internal import SystemPackage

/// A statistics file of the test data.
public enum StatisticsFile {
  /// The contents: two mailers with counts, of a machine with 64 bits.
  public static let bytes: [UInt8] = {
    let path = ProjectFiles.file("Tests/SendmailControlTests/Data/Statistics/64-bit.st")
    return [UInt8](FileManager.default.contents(atPath: path.string) ?? Data())
  }()

  /// The messages from all mailers that it counts.
  public static let messagesFrom = 112
}
