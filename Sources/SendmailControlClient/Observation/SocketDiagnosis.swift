// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl
internal import SystemPackage

/// The kernel's answers about sockets (sock_diag(7)), which anybody may ask for. A kernel may be built
/// without them, and a sandbox may forbid the question.
enum SocketDiagnosis {
  /// The UNIX-domain sockets of this network namespace that somebody listens on.
  ///
  /// - Throws: the `errno` of `socket`, `send` or `recv`, or that with which the kernel refuses.
  static func listeningSockets() throws(Errno) -> [ListeningSocket] {
    let descriptor = Glibc.socket(
      AF_NETLINK, CInt(SOCK_RAW.rawValue) | CloseOnExec.socketFlag, protocolNumber)
    guard descriptor >= 0 else { throw Errno(rawValue: errno) }
    defer { close(descriptor) }
    let question = request
    guard unsafe send(descriptor, question, question.count, 0) == question.count else {
      throw Errno(rawValue: errno)
    }
    var sockets: [ListeningSocket] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
      guard count >= 0 else { throw Errno(rawValue: errno) }
      guard count > 0, try !read(buffer[..<count], into: &sockets) else { return sockets }
    }
  }

  /// Reads the messages of one datagram.
  ///
  /// - Returns: whether the answer ends with it.
  /// - Throws: the `errno` with which the kernel refuses, or `badMessage`.
  static func read(
    _ datagram: ArraySlice<UInt8>, into sockets: inout [ListeningSocket]
  ) throws(Errno) -> Bool {
    var rest = datagram
    while rest.count >= messageHeaderSize {
      // struct nlmsghdr: length, type, flags, sequence number, port.
      let length = Int(number(rest, at: 0) as UInt32)
      guard length >= messageHeaderSize, length <= rest.count else { throw .badMessage }
      let body = rest.prefix(length).dropFirst(messageHeaderSize)
      switch number(rest, at: 4) as UInt16 {
      case endOfAnswer: return true
      case refusal:
        guard body.count >= 4 else { throw .badMessage }
        throw Errno(rawValue: -(number(body, at: 0) as Int32))
      case socketsByFamily: socket(body).map { sockets.append($0) }
      default: break
      }
      rest = rest.dropFirst(aligned(length))
    }
    return false
  }

  /// The socket of a message; `nil` for one without a name, which nobody can connect to by a path.
  private static func socket(_ body: ArraySlice<UInt8>) -> ListeningSocket? {
    // struct unix_diag_msg: family, type, state, padding, inode, two words of cookie.
    guard body.count >= 16 else { return nil }
    let inode: UInt32 = number(body, at: 4)
    var name: [UInt8] = []
    var file: ListeningSocket.File?
    var waiting: Int?
    var attributes = body.dropFirst(16)
    while attributes.count >= attributeHeaderSize {
      // struct rtattr: length, type.
      let length = Int(number(attributes, at: 0) as UInt16)
      guard length >= attributeHeaderSize, length <= attributes.count else { return nil }
      let value = attributes.prefix(length).dropFirst(attributeHeaderSize)
      switch Attribute(rawValue: number(attributes, at: 2)) {
      case .name: name = Array(value.prefix { $0 != ASCII.null })
      case .file where value.count >= 8:
        file = ListeningSocket.File(
          inode: number(value, at: 0), device: kernelDevice(number(value, at: 4)))
      case .queue where value.count >= 8: waiting = Int(number(value, at: 0) as UInt32)
      case .file, .queue, nil: break
      }
      attributes = attributes.dropFirst(aligned(length))
    }
    return name.isEmpty
      ? nil : ListeningSocket(name: name, inode: UInt64(inode), file: file, waiting: waiting)
  }

  /// A device as the kernel names it in itself: twelve bits of major number above twenty of minor.
  private static func kernelDevice(_ number: UInt32) -> DeviceNumber {
    DeviceNumber(major: number >> 20, minor: number & 0xFFFFF)
  }

  /// A request for all listening sockets with name, file and queue: struct nlmsghdr, then struct
  /// unix_diag_req.
  private static var request: [UInt8] {
    let body =
      [UInt8(AF_UNIX), 0, 0, 0] + bytes(listening) + bytes(anyInode) + bytes(wanted)
      + bytes(noCookie)
    let header =
      bytes(UInt32(messageHeaderSize + body.count)) + bytes(socketsByFamily)
      + bytes(requestForAll) + bytes(UInt32(1)) + bytes(UInt32(0))
    return header + body
  }

  /// What a socket is described with (`UNIX_DIAG_NAME`, `UNIX_DIAG_VFS`, `UNIX_DIAG_RQLEN`).
  private enum Attribute: UInt16 {
    case name = 0
    case file = 1
    case queue = 4
  }

  // From linux/netlink.h, linux/sock_diag.h and linux/unix_diag.h.
  private static let protocolNumber: CInt = 4
  private static let refusal: UInt16 = 2
  private static let endOfAnswer: UInt16 = 3
  private static let socketsByFamily: UInt16 = 20
  /// `NLM_F_REQUEST | NLM_F_DUMP`
  private static let requestForAll: UInt16 = 0x0301
  /// The states wanted, a bit each: `TCP_LISTEN`.
  private static let listening: UInt32 = 1 << 10
  private static let anyInode: UInt32 = 0
  private static let noCookie = UInt64.max
  /// `UDIAG_SHOW_NAME | UDIAG_SHOW_VFS | UDIAG_SHOW_RQLEN`
  private static let wanted: UInt32 = 0x13
  private static let messageHeaderSize = 16
  private static let attributeHeaderSize = 4

  private static func aligned(_ length: Int) -> Int { (length + 3) & ~3 }

  private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    unsafe withUnsafeBytes(of: number) { unsafe Array($0) }
  }

  /// The number at `offset` bytes, in this machine's order.
  private static func number<Number: FixedWidthInteger>(
    _ bytes: ArraySlice<UInt8>, at offset: Int
  ) -> Number {
    unsafe bytes.withUnsafeBytes {
      unsafe $0.loadUnaligned(fromByteOffset: offset, as: Number.self)
    }
  }
}
