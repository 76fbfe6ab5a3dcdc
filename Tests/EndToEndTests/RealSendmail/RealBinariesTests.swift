// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

/// What is linked into the programs.
@Suite("Real binaries")
struct RealBinariesTests {
  /// The name of SwiftNIO's main module, as symbols are mangled with it.
  private let moduleName = Data("7NIOCore".utf8)

  @Test func `SwiftNIO is not part of smcontrol`() throws {
    let program = try Data(contentsOf: URL(filePath: BuiltBinaries.smcontrol.string))
    #expect(program.range(of: moduleName) == nil)
  }

  @Test func `the search finds SwiftNIO where it is`() throws {
    let program = try Data(contentsOf: URL(filePath: BuiltBinaries.testProgram.string))
    #expect(program.range(of: moduleName) != nil)
  }
}
