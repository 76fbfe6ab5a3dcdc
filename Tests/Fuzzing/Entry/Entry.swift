// SPDX-License-Identifier: GPL-3.0-or-later

import FuzzProperties
import Synchronization

/// The target, which is the one that the program is called after.
private let target = Mutex<FuzzTarget?>(nil)

/// The function that libFuzzer calls once, with the arguments of the program.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>>>
) -> CInt {
  let program = unsafe String(cString: arguments.pointee[0])
  let name = String(program.split(separator: "/").last ?? "")
  guard let named = FuzzTarget(rawValue: name) else {
    fatalError("\(name) is none of \(FuzzTarget.allCases.map(\.rawValue))")
  }
  target.withLock { $0 = named }
  return 0
}

/// The function that libFuzzer calls for each input: `count` bytes from `start` on. It ends the program
/// when they break a property, upon which libFuzzer keeps them in a file.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  if let complaint = target.withLock({ $0 })?.complaint(about: bytes) { fatalError(complaint) }
  return 0
}
