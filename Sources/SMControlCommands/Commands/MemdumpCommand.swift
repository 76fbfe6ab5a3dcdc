// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage

/// `smcontrol memdump`
struct MemdumpCommand: ControlSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "memdump", _superCommandName: SMControl.name,
    abstract: "Have the daemon report what its memory is used for.",
    discussion: """
      The daemon must run with -dsm_check_heap.2 or higher. A report may be large: it is passed on \
      as it comes, and --timeout holds for all of it.
      """)

  static let example = "memdump --output /root/heap.txt"

  @OptionGroup var connection: ConnectionOptions

  @Option(
    help: ArgumentHelp(
      """
      Write the report to a file, readable by you alone, that appears complete or not at all; \
      a symbolic link is not followed.
      """, valueName: "file"),
    completion: .file())
  var output: String?

  func run(in context: CommandContext) async throws(CommandFailure) -> ExitStatus {
    let target = try Target(connection, context: context)
    let client = try target.client()
    if let output {
      return try save(to: FilePath(output), from: client, in: context)
    }
    if target.format == .json {
      return try PlainInquiry(
        command: "memdump", request: ControlCommand.memdump.requestBytes, target: target,
        context: context
      ).run()
    }
    return try pass(on: target.format, from: client, in: context)
  }

  private func save(
    to path: FilePath, from client: ControlClient, in context: CommandContext
  ) throws(CommandFailure) -> ExitStatus {
    do {
      let file = try WholeFile(at: path)
      var start: [UInt8] = []
      let end = try client.stream(request: ControlCommand.memdump.requestBytes) { chunk in
        if start.count < 512 { start += chunk.prefix(512) }
        try file.write(chunk)
      }
      context.shell?.record(replyOf: end.peer)
      try checkReply(start, end: end, path: client.path)
      try file.commit()
      return .ok
    } catch {
      throw Self.failure(error)
    }
  }

  private func pass(
    on format: OutputFormat, from client: ControlClient, in context: CommandContext
  ) throws(CommandFailure) -> ExitStatus {
    let console = context.console
    var start: [UInt8] = []
    var lines = HarmlessLines()
    do {
      let end = try client.stream(request: ControlCommand.memdump.requestBytes) { chunk in
        if start.count < 512 { start += chunk.prefix(512) }
        try console.write(format == .raw ? chunk : lines.take(chunk)[...])
      }
      if format != .raw { try console.write(lines.finish()[...]) }
      if format == .classic { try console.write("\n") }
      context.shell?.record(replyOf: end.peer)
      try checkReply(start, end: end, path: client.path)
      return .ok
    } catch {
      throw Self.failure(error)
    }
  }

  private func checkReply(
    _ start: [UInt8], end: ReplyEnd, path: FilePath
  ) throws(CommandFailure) {
    if end.byteCount == 0 {
      throw CommandFailure(
        ReplyError(.empty, line: 1, text: [], expected: "a report"), from: path.harmlessText,
        end: end)
    }
    guard !end.isWithinLine else {
      throw CommandFailure(
        .dataError,
        "\(path.harmlessText): the reply is cut short within a line, after \(end.byteCount) bytes")
    }
    if let refusal = Refusal(start) { throw CommandFailure(.refused, "memdump: \(refusal.text)") }
  }

  private static func failure(_ error: any Error) -> CommandFailure {
    switch error {
    case let failure as CommandFailure: failure
    case let error as ControlError: CommandFailure(error)
    case let error as FileError: CommandFailure(error)
    default: CommandFailure(.software, "memdump: \(error)")
    }
  }
}
