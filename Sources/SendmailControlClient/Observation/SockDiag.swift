// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import Glibc
internal import SendmailControl
internal import SystemPackage

/// The kernel's list of sockets (sock_diag(7)), which any user may request. A kernel may be built
/// without it, and a sandbox may forbid the request.
enum SockDiag {
  /// The UNIX-domain sockets of this network namespace that a process listens on.
  ///
  /// - Throws: the `errno` of `socket`, `send` or `recv`, or that with which the kernel refuses.
  static func listeningSockets() throws(Errno) -> [ListeningSocket] {
    var sockets: [ListeningSocket] = []
    try dump(request(showing: UDIAG_SHOW_NAME | UDIAG_SHOW_VFS | UDIAG_SHOW_RQLEN)) { body in
      if let socket = socket(body) { sockets.append(socket) }
    }
    return sockets
  }

  /// The TCP sockets of this network namespace that a process listens on.
  ///
  /// - Throws: the `errno` of `socket`, `send` or `recv`, or that with which the kernel refuses.
  static func tcpListeners() throws(Errno) -> [TCPListener] {
    var listeners: [TCPListener] = []
    for family in [AF_INET, AF_INET6] {
      try dump(request(tcpOf: family)) { body in
        if let listener = tcpListener(body) { listeners.append(listener) }
      }
    }
    return listeners
  }

  /// The inodes of the client ends of all connections that no process has accepted yet.
  ///
  /// - Throws: the `errno` of `socket`, `send` or `recv`, or that with which the kernel refuses.
  static func waitingConnections() throws(Errno) -> Set<UInt32> {
    var inodes: Set<UInt32> = []
    try dump(request(showing: UDIAG_SHOW_ICONS)) { body in
      var attributes = body.dropFirst(MemoryLayout<unix_diag_msg>.size)
      while let (type, content) = nextAttribute(&attributes) {
        guard type == UNIX_DIAG_ICONS else { continue }
        var rest = content
        while let inode = value(of: UInt32.self, in: rest) {
          inodes.insert(inode)
          rest = rest.dropFirst(MemoryLayout<UInt32>.size)
        }
      }
    }
    return inodes
  }

  /// Sends `request` for all listening sockets of a kind, and passes each one's message to `body`.
  private static func dump(
    _ request: [UInt8], _ body: (ArraySlice<UInt8>) -> Void
  ) throws(Errno) {
    let descriptor = Glibc.socket(
      AF_NETLINK, CInt(SOCK_RAW.rawValue) | CloseOnExec.socketFlag, NETLINK_SOCK_DIAG)
    guard descriptor >= 0 else { throw Errno(rawValue: errno) }
    defer { close(descriptor) }
    guard unsafe send(descriptor, request, request.count, 0) == request.count else {
      throw Errno(rawValue: errno)
    }
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
      guard count >= 0 else { throw Errno(rawValue: errno) }
      guard count > 0, try !read(buffer[..<count], body) else { return }
    }
  }

  /// Reads the listening sockets of one datagram.
  ///
  /// - Returns: whether the answer ends with it.
  /// - Throws: the `errno` with which the kernel refuses, or `badMessage`.
  static func read(
    _ datagram: ArraySlice<UInt8>, into sockets: inout [ListeningSocket]
  ) throws(Errno) -> Bool {
    var found: [ListeningSocket] = []
    defer { sockets += found }
    return try read(datagram) { body in
      if let socket = socket(body) { found.append(socket) }
    }
  }

  /// Reads the messages of one datagram, and passes each socket's to `socket`.
  ///
  /// - Returns: whether the answer ends with it.
  /// - Throws: the `errno` with which the kernel refuses, or `badMessage`.
  private static func read(
    _ datagram: ArraySlice<UInt8>, _ socket: (ArraySlice<UInt8>) -> Void
  ) throws(Errno) -> Bool {
    var rest = datagram
    while let header = value(of: nlmsghdr.self, in: rest) {
      let length = Int(header.nlmsg_len)
      guard length >= headerSize, length <= rest.count else { throw .badMessage }
      let body = rest.prefix(length).dropFirst(headerSize)
      switch CInt(header.nlmsg_type) {
      case NLMSG_DONE: return true
      case NLMSG_ERROR:
        // The first member of `nlmsgerr`.
        guard let error = value(of: CInt.self, in: body) else { throw .badMessage }
        throw Errno(rawValue: -error)
      case SOCK_DIAG_BY_FAMILY: socket(body)
      default: break
      }
      rest = rest.dropFirst(aligned(length))
    }
    return false
  }

  /// The socket of a message; `nil` for one without a name, to which no one can connect by a path.
  private static func socket(_ body: ArraySlice<UInt8>) -> ListeningSocket? {
    guard let message = value(of: unix_diag_msg.self, in: body) else { return nil }
    var name: [UInt8] = []
    var file: ListeningSocket.File?
    var waiting: Int?
    var attributes = body.dropFirst(MemoryLayout<unix_diag_msg>.size)
    while let (type, content) = nextAttribute(&attributes) {
      switch type {
      case UNIX_DIAG_NAME: name = Array(content.prefix { $0 != ASCII.null })
      case UNIX_DIAG_VFS:
        file = value(of: unix_diag_vfs.self, in: content).map {
          ListeningSocket.File(inode: $0.udiag_vfs_ino, device: kernelDevice($0.udiag_vfs_dev))
        }
      case UNIX_DIAG_RQLEN:
        waiting = value(of: unix_diag_rqlen.self, in: content).map { Int($0.udiag_rqueue) }
      default: break
      }
    }
    return name.isEmpty
      ? nil
      : ListeningSocket(name: name, inode: UInt64(message.udiag_ino), file: file, waiting: waiting)
  }

  /// The TCP socket of a message.
  private static func tcpListener(_ body: ArraySlice<UInt8>) -> TCPListener? {
    guard let message = value(of: inet_diag_msg.self, in: body) else { return nil }
    var isVersion6Only: Bool?
    var attributes = body.dropFirst(MemoryLayout<inet_diag_msg>.size)
    while let (type, content) = nextAttribute(&attributes) {
      if type == INET_DIAG_SKV6ONLY { isVersion6Only = content.first.map { $0 != 0 } }
    }
    let isVersion6 = CInt(message.idiag_family) == AF_INET6
    return TCPListener(
      address: Array(bytes(of: message.id.idiag_src).prefix(isVersion6 ? 16 : 4)),
      port: UInt16(bigEndian: message.id.idiag_sport), inode: UInt64(message.idiag_inode),
      isVersion6Only: isVersion6Only)
  }

  /// Takes the next attribute off `attributes`.
  private static func nextAttribute(
    _ attributes: inout ArraySlice<UInt8>
  ) -> (type: Int, content: ArraySlice<UInt8>)? {
    guard let attribute = value(of: rtattr.self, in: attributes) else { return nil }
    let length = Int(attribute.rta_len)
    guard length >= MemoryLayout<rtattr>.size, length <= attributes.count else { return nil }
    let content = attributes.prefix(length).dropFirst(MemoryLayout<rtattr>.size)
    attributes = attributes.dropFirst(aligned(length))
    return (Int(attribute.rta_type), content)
  }

  /// A device as the kernel names it in itself: twelve bits of major number above twenty of minor.
  private static func kernelDevice(_ number: UInt32) -> DeviceNumber {
    DeviceNumber(major: number >> 20, minor: number & 0xFFFFF)
  }

  /// A request for all listening UNIX-domain sockets with what `what` says of each.
  private static func request(showing what: CInt) -> [UInt8] {
    request(
      unix_diag_req(
        sdiag_family: UInt8(AF_UNIX), sdiag_protocol: 0, pad: 0,
        udiag_states: 1 << UInt32(TCP_LISTEN),
        udiag_ino: 0, udiag_show: UInt32(what),
        udiag_cookie: (.max, .max)))
  }

  /// A request for all listening TCP sockets of the address family `family`.
  private static func request(tcpOf family: CInt) -> [UInt8] {
    var body = inet_diag_req_v2()
    body.sdiag_family = UInt8(family)
    body.sdiag_protocol = UInt8(IPPROTO_TCP)
    body.idiag_states = 1 << UInt32(TCP_LISTEN)
    return request(body)
  }

  private static func request(_ body: some BitwiseCopyable) -> [UInt8] {
    let body = bytes(of: body)
    let header = nlmsghdr(
      nlmsg_len: UInt32(headerSize + body.count),
      nlmsg_type: UInt16(SOCK_DIAG_BY_FAMILY), nlmsg_flags: UInt16(NLM_F_REQUEST | NLM_F_DUMP),
      nlmsg_seq: 1, nlmsg_pid: 0)
    return bytes(of: header) + body
  }

  private static let headerSize = MemoryLayout<nlmsghdr>.size

  /// `length` up to the next message or attribute (`NLMSG_ALIGN`, `RTA_ALIGN`).
  private static func aligned(_ length: Int) -> Int { (length + 3) & ~3 }

  private static func bytes(of value: some BitwiseCopyable) -> [UInt8] {
    unsafe withUnsafeBytes(of: value) { unsafe Array($0) }
  }

  /// The value that `bytes` begin with; `nil` when they are too few.
  private static func value<Value: BitwiseCopyable>(
    of type: Value.Type, in bytes: ArraySlice<UInt8>
  ) -> Value? {
    guard bytes.count >= MemoryLayout<Value>.size else { return nil }
    return unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(as: type) }
  }
}
