// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl

extension DaemonState {
  /// A child of the daemon that serves no control connection.
  public struct Child: Sendable, Hashable, Identifiable {
    /// The kinds of children. Cases may be added: a switch needs a default.
    @nonexhaustive public enum Kind: Sendable, Hashable {
      /// A child that serves the SMTP connection of a peer, which is written as sendmail writes it:
      /// `192.0.2.1`, `IPv6:2001:db8:0:0:0:0:0:1` or `[UNIX: localhost]`.
      case smtpServer(peer: String)
      /// A child that runs the queue.
      case queueRunner
      /// A child with another text in the list.
      case other(String)
    }

    /// The process ID.
    public var id: Int32
    /// The kind of the child.
    public var kind: Kind

    /// A child with this process ID.
    public init(id: Int32, kind: Kind) {
      self.id = id
      self.kind = kind
    }
  }

  /// The children in the order of the list. The daemon itself and its control children are not among them.
  public var children: [Child] {
    processes.processes.compactMap { process in
      let kind: Child.Kind
      switch process.kind {
      case .daemon, .controlChild: return nil
      case .queueRunner: kind = .queueRunner
      case .smtpServer:
        let isPeer = process.text.starts(with: SendmailWords.smtpServer)
        let peer = process.text.dropFirst(SendmailWords.smtpServer.count)
        kind =
          isPeer
          ? .smtpServer(peer: String(decoding: peer, as: UTF8.self))
          : .other(String(decoding: process.text, as: UTF8.self))
      }
      return Child(id: process.pid, kind: kind)
    }
  }

  /// Adds a child, which takes the lowest free slot, as in sendmail.
  ///
  /// - Parameters:
  ///   - kind: the kind. CR, LF and NUL in its text become `?`, so that the child is one line of the list.
  ///   - processID: the child's process ID, which must not be the daemon's; a child that has it already is
  ///     removed. `nil` for one that is free.
  /// - Returns: the child's process ID.
  @discardableResult
  public mutating func addChild(_ kind: Child.Kind, processID: Int32? = nil) -> Int32 {
    precondition(processID == nil || processID != self.processID, "the ID of the daemon itself")
    let processID = processID ?? freeProcessID
    removeChild(processID)
    switch kind {
    case .smtpServer(let peer):
      processes.enter(.smtpServer(pid: processID, peer: Self.oneLine(peer)))
    case .queueRunner: processes.enter(.queueRunner(pid: processID))
    case .other(let text):
      processes.enter(
        DaemonProcess(kind: .smtpServer, pid: processID, text: Array(Self.oneLine(text).utf8)))
    }
    return processID
  }

  /// Removes the child with this process ID, and leaves its slot free. An unknown one changes nothing.
  public mutating func removeChild(_ processID: Int32) {
    guard processID != self.processID else { return }
    processes.leave(pid: processID)
  }

  /// A process ID that is not in the table, above all that are.
  private var freeProcessID: Int32 {
    var processID = processes.highestPID ?? 300
    repeat {
      processID = processID < 4_194_303 ? processID + 1 : 300
    } while processes.contains(pid: processID)
    return processID
  }

  private static func oneLine(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { ["\r", "\n", "\0"].contains($0) ? "?" : $0 }))
  }
}
