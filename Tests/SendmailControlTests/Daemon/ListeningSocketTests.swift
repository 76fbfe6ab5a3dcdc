// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("Which listening sockets are a daemon's")
struct ListeningSocketTests {
  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  static let device = DeviceNumber(major: 8, minor: 1)
  static let named = DaemonPlace(socket: bytes("/run/ctl"))
  static let absolute = DaemonPlace(socket: bytes("/run/ctl"), boundName: bytes("/run/ctl"))
  static let relative = DaemonPlace(
    socket: bytes("/run/ctl"), boundName: bytes("ctl"), bindingDirectory: bytes("/run"))

  static func file(_ kind: FileFacts.Kind = .socket) -> Fact<SocketFileFacts> {
    .known(
      SocketFileFacts(
        kind: kind, owner: "root", group: "root", mode: 0o600, inode: 0x1_0000_0005, device: device)
    )
  }

  static func socket(
    _ name: String, file inode: UInt32? = nil, device: DeviceNumber = device
  ) -> ListeningSocket {
    ListeningSocket(
      name: bytes(name), inode: 1, file: inode.map { .init(inode: $0, device: device) })
  }

  static let overlay = DeviceNumber(major: 0, minor: 9)

  static let matches: [(DaemonPlace, Fact<SocketFileFacts>, ListeningSocket, Bool)] = [
    (named, file(), socket("/elsewhere", file: 5), true),
    (named, file(), socket("/run/ctl", file: 6), false),
    // A file system may show another device than the kernel has.
    (named, file(), socket("/run/ctl", file: 5, device: overlay), true),
    (named, file(), socket("/elsewhere", file: 5, device: overlay), false),
    (relative, file(), socket("ctl", file: 5, device: overlay), true),
    // Without files names are all there is.
    (named, file(), socket("/run/ctl"), true), (named, file(), socket("ctl"), true),
    (named, file(), socket("xctl"), false), (named, file(), socket("/x/ctl"), false),
    (absolute, file(), socket("ctl"), false), (absolute, file(), socket("/run/ctl"), true),
    (relative, file(), socket("ctl"), true), (relative, file(), socket("run/ctl"), false),
    // Where the file may not be examined a relative name says too little.
    (named, .unknown(reason: "denied"), socket("/run/ctl", file: 5), true),
    (relative, .unknown(reason: "denied"), socket("ctl", file: 5), false),
  ]

  @Test("By the file, or by the name", arguments: matches)
  func match(
    place: DaemonPlace, file: Fact<SocketFileFacts>, socket: ListeningSocket, isIts: Bool
  ) {
    let found = ListeningSocket.at(place, file: file, among: .known([socket]))
    #expect((found.value?.isEmpty == false) == isIts)
  }

  @Test("That none listens is only known where it can be")
  func unknown() {
    let none = Fact<[ListeningSocket]>.known([])
    func at(
      _ place: DaemonPlace, _ file: Fact<SocketFileFacts>, _ all: Fact<[ListeningSocket]>,
      _ shares: [Bool?] = [true, nil]
    ) -> Fact<[ListeningSocket]> {
      ListeningSocket.at(place, file: file, among: all, sharesNetwork: { shares })
    }
    #expect(at(Self.named, Self.file(), none) == none)
    #expect(at(Self.named, Self.file(), none, [true, false]).reason != nil)
    let listening = Fact<[ListeningSocket]>.known([Self.socket("/run/ctl", file: 5)])
    #expect(at(Self.named, Self.file(), listening, [false]) == listening)
    #expect(at(Self.named, .unknown(reason: "denied"), none).reason?.contains("denied") == true)
    #expect(at(Self.named, Self.file(), .unknown(reason: "x")) == .unknown(reason: "x"))
    // No one can connect to a socket whose file is gone, or that is not there.
    #expect(at(Self.named, .absent, listening) == .absent)
    #expect(at(Self.named, Self.file(.directory), listening) == .absent)
    #expect(at(DaemonPlace(), .absent, listening) == .absent)
  }

  static func held(_ inode: UInt64, by pid: Int32, in directory: String? = nil)
    -> HeldSockets.Holder
  {
    HeldSockets.Holder(
      inode: inode,
      process: ObservedProcess(pid: pid, workingDirectory: directory.map(bytes)))
  }

  @Test("The holder of a socket is searched until it is found, or known to be gone")
  func search() {
    let listening = Fact<[ListeningSocket]>.known([Self.socket("/run/ctl", file: 5)])
    var search = HolderSearch(at: Self.absolute)
    search.note(listening, held: HeldSockets())
    #expect(!search.isDecided)
    #expect(search.holders.reason == "no visible process holds the socket")
    search.note(listening, held: HeldSockets(isComplete: false))
    #expect(search.holders.reason?.contains("cannot be read") == true)
    search.note(listening, held: HeldSockets(holders: [Self.held(1, by: 9), Self.held(1, by: 8)]))
    #expect(search.isDecided)
    #expect(search.holders.value?.map(\.pid) == [8, 9])
    // Another socket each time: the one before has been closed.
    var gone = HolderSearch(at: Self.absolute)
    gone.note(listening, held: HeldSockets())
    gone.note(
      .known([ListeningSocket(name: Self.bytes("/run/ctl"), inode: 2)]), held: HeldSockets())
    #expect(gone.isDecided)
    #expect(gone.listeners == .known([]))
    var unknown = HolderSearch(at: Self.absolute)
    unknown.note(.unknown(reason: "x"), held: HeldSockets())
    #expect(unknown.isDecided)
    #expect(unknown.holders == .unknown(reason: "x"))
  }

  @Test("A relative name in another directory is another daemon's")
  func relativeName() {
    let listening = Fact<[ListeningSocket]>.known([Self.socket("ctl")])
    var other = HolderSearch(at: Self.relative)
    other.note(listening, held: HeldSockets(holders: [Self.held(1, by: 8, in: "/other")]))
    #expect(other.listeners == .known([]))
    var own = HolderSearch(at: Self.relative)
    own.note(listening, held: HeldSockets(holders: [Self.held(1, by: 8, in: "/run")]))
    #expect(own.holders.value?.map(\.pid) == [8])
    var hidden = HolderSearch(at: Self.relative)
    hidden.note(listening, held: HeldSockets(holders: [Self.held(1, by: 8)]))
    #expect(hidden.holders.value?.map(\.pid) == [8])
  }
}
