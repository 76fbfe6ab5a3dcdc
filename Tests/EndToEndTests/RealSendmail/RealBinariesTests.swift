// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

/// The libraries that are linked into the programs.
@Suite("Real binaries")
struct RealBinariesTests {
  /// The name of SwiftNIO's main module, as symbols are mangled with it.
  private let moduleName = Data("7NIOCore".utf8)

  @Test("SwiftNIO is not part of smcontrol")

  func swiftnioIsNotPartOfSmcontrol() throws {
    let program = try Data(contentsOf: URL(filePath: BuiltBinaries.smcontrol.string))
    #expect(program.range(of: moduleName) == nil)
  }

  @Test("The search finds SwiftNIO where it is")

  func theSearchFindsSwiftNIOWhere() throws {
    let program = try Data(contentsOf: URL(filePath: BuiltBinaries.testProgram.string))
    #expect(program.range(of: moduleName) != nil)
  }
}
