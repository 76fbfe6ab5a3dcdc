// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SendmailControl
internal import SystemPackage

/// An attempt to bind a TCP socket, which tells more of an address than the list of this machine's: the system may
/// take others, too.
enum BindAttempt {
  /// The reason why a socket cannot be bound to `address`, in the words of sendmail's own error; `nil` when it can.
  /// The system picks the port, so that no other socket is in the way.
  static func error(_ address: [UInt8]) -> PortObstacle.Cause? {
    let isVersion6 = address.count == 16
    let descriptor = socket(
      isVersion6 ? AF_INET6 : AF_INET, CInt(SOCK_STREAM.rawValue) | CloseOnExec.socketFlag, 0)
    guard descriptor >= 0 else { return cause(Errno(rawValue: errno)) }
    defer { close(descriptor) }
    let result = isVersion6 ? bind6(descriptor, address) : bind4(descriptor, address)
    return result < 0 ? cause(Errno(rawValue: errno)) : nil
  }

  private static func bind4(_ descriptor: CInt, _ bytes: [UInt8]) -> CInt {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    unsafe withUnsafeMutableBytes(of: &address.sin_addr) { unsafe $0.copyBytes(from: bytes) }
    return unsafe withUnsafeBytes(of: &address) { unsafe bind(descriptor, $0) }
  }

  private static func bind6(_ descriptor: CInt, _ bytes: [UInt8]) -> CInt {
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    unsafe withUnsafeMutableBytes(of: &address.sin6_addr) { unsafe $0.copyBytes(from: bytes) }
    return unsafe withUnsafeBytes(of: &address) { unsafe bind(descriptor, $0) }
  }

  private static func bind(_ descriptor: CInt, _ address: UnsafeRawBufferPointer) -> CInt {
    unsafe Glibc.bind(
      descriptor, address.baseAddress?.assumingMemoryBound(to: sockaddr.self),
      socklen_t(address.count))
  }

  private static func cause(_ error: Errno) -> PortObstacle.Cause? {
    switch error {
    case .addressNotAvailable:
      .address(reason: "\(error): this machine does not have the address", isRetried: true)
    case .invalidArgument, .addressFamilyNotSupported:
      .address(reason: error.description, isRetried: false)
    // Such as a lack of memory or a rule of a sandbox: it says nothing of the address.
    default: nil
    }
  }
}
