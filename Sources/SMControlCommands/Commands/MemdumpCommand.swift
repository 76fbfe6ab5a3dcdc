// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// `smcontrol memdump`
struct MemdumpCommand: Command {
  static let output = Option(
    "--output", value: "file", .file,
    help: """
      Write the report to a file, readable by you alone, that appears complete or not at all; \
      a symbolic link is not followed.
      """)

  let connection: ConnectionOptions
  let file: FilePath?
  /// True if a query is made that makes the daemon refuse SMTP connections.
  let isForced: Bool

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    let target = try Target(connection, context: context)
    try target.checkChildLimit(isForced: isForced)
    if let file {
      return try await output.show(Outcome(try save(to: file, from: target, context)))
    }
    let reply = Reply(target, context)
    do {
      try output.stream(
        replyTo: CommandSpec.memdump.name, from: target.socket?.bytes ?? [], reply.receive,
        check: reply.check)
      return .ok
    } catch {
      throw failure(error, target)
    }
  }

  private func save(
    to path: FilePath, from target: Target, _ context: CommandContext
  ) throws(CommandFailure) -> SavedReply {
    let reply = Reply(target, context)
    do {
      let file = try AtomicFile(at: path)
      let end = try reply.receive { try file.write($0) }
      try reply.check(end)
      try file.commit()
      return SavedReply(
        from: target.socket?.bytes ?? [], to: path.bytes, byteCount: end.byteCount)
    } catch {
      throw failure(error, target)
    }
  }

  /// A reply whose start is kept, which tells a refusal.
  private final class Reply {
    private let target: Target
    private let context: CommandContext
    private var start: [UInt8] = []

    init(_ target: Target, _ context: CommandContext) {
      self.target = target
      self.context = context
    }

    /// Sends the command, and passes each chunk of the reply on to `write`.
    func receive(_ write: (ArraySlice<UInt8>) throws -> Void) throws -> ReplyEnd {
      var client = try target.client()
      client.timeout = target.deadline.timeLeft
      let end = try client.stream(request: ControlCommand.memdump.requestBytes) { chunk in
        if start.count < 512 { start += chunk.prefix(512) }
        try write(chunk)
      }
      context.shell?.record(replyOf: end.peer)
      return end
    }

    /// Checks that the reply is a report and has an end.
    func check(_ end: ReplyEnd) throws(CommandFailure) {
      if end.byteCount == 0 {
        throw target.failure(
          of: ReplyError(.empty, line: 1, text: [], expected: "a report"),
          in: ControlReply(bytes: [], end: end))
      }
      guard !end.isWithinLine else {
        var failure = CommandFailure(
          .dataError,
          """
          \(target.socket?.escaped ?? ""): the reply is cut short within a line, \
          after \(end.byteCount) bytes
          """)
        failure.cause = ReplyError.Code.cutShort.name
        failure.alive = true
        throw failure
      }
      guard let refusal = Refusal(start) else { return }
      var failure = CommandFailure(.refused, "memdump: \(refusal.text)")
      failure.alive = true
      throw failure
    }
  }

  private func failure(_ error: any Error, _ target: Target) -> CommandFailure {
    switch error {
    case let failure as CommandFailure: failure
    case let error as ControlError: target.failure(of: error)
    case let error as FileError: CommandFailure(error)
    default: CommandFailure(.software, "memdump: \(error)")
    }
  }
}

extension CommandSpec {
  static let memdump = CommandSpec(
    name: "memdump", summary: "Show the daemon's report of its memory.",
    discussion: """
      The daemon must run with -dsm_check_heap.2 or higher. A report may be large: it is passed on \
      as it comes, and --timeout holds for all of it.
      """,
    example: "memdump --output /root/heap.txt", effect: .restricted,
    formats: .reply,
    options: [MemdumpCommand.output.spec, QueryOption.query] + ConnectionOptions.all
  ) { line throws(UsageError) in
    MemdumpCommand(
      connection: try ConnectionOptions(line), file: try line[MemdumpCommand.output],
      isForced: line[QueryOption.query])
  }
}
