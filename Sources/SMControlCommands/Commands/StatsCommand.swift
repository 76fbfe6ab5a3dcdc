// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemSupport

/// `smcontrol stats`
struct StatsCommand: Command {
  let connection: ConnectionOptions

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    let resolved = try ConfigurationChoice(connection, in: context).read()
    context.warn(of: resolved)
    let (statistics, file) = try Self.statistics(of: resolved)
    let now = WallClock.now
    return try await output.show(
      Outcome(
        StatisticsReport(
          statistics, from: file, of: resolved.configuration,
          since: statistics.since.map { CalendarTime(at: $0) }, now: now,
          time: CalendarTime(at: now), host: Machine.live().hostName)))
  }

  private static func statistics(
    of configuration: ResolvedConfiguration
  ) throws(CommandFailure) -> (statistics: MailStatistics, file: ByteText) {
    do {
      return try StatisticsReader.read(configuration)
    } catch {
      throw CommandFailure(error)
    }
  }
}

extension CommandSpec {
  static let stats = CommandSpec(
    name: "stats", summary: "Show what sendmail has counted for each mailer.",
    discussion: """
      The counts are those that mailstats shows, from the file that StatusFile names: messages and \
      their size from and to each mailer, rejected, discarded and quarantined ones, and \
      connections. The file is only read. sendmail counts where that file is there; when it is \
      not, the exit status is 78, and the message says how to turn the statistics on.
      """,
    example: "stats --format json", takesAbbreviation: false, formats: .finding,
    options: DisplayOptions.all + ConnectionOptions.local
  ) { line throws(UsageError) in
    StatsCommand(connection: try ConnectionOptions(line))
  }
}
