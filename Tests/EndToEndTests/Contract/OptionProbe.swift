// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport

@testable import SMControlCommands

/// Runs a command with an option in all places where the option can be given, and compares.
struct OptionProbe: Sendable {
  private let option: OptionCase
  private let command: String
  /// All names of the option.
  private let names: [String]

  init(_ option: OptionCase, command: String, names: [String]) {
    self.option = option
    self.command = command
    self.names = names
  }

  /// The effects of a run, without the parts that differ from run to run.
  private struct Observation: Equatable {
    var status: Int32?
    var output: String
    var errors: String
    var requests: [String]
    var requestsOfOther: [String]
    var startedSendmails: [String]
    var hasDump: Bool
  }

  /// The command with the arguments that it needs.
  static func line(of command: String) -> [String] {
    switch command {
    case "send": ["send", "status"]
    case "start": ["start", "--sendmail", CommandForm.sendmail]
    default: [command]
    }
  }

  static func expand(_ words: [String], _ other: ContractPlace) -> [String] {
    words.map { $0.replacing("@OTHER@", with: other.directory.path.string) }
  }

  private var line: [String] {
    // Of send the option is about what it may send.
    (command == "send" && option.name == "--force" ? ["send", "restart"] : Self.line(of: command))
      + option.others
  }

  // MARK: Effect

  /// Returns the requirements that the option after the command violates.
  func violationsOfEffect() async throws -> [String] {
    var violations = Violations()
    let (with, run) = try await observe { $0 + $1 }
    // An option may be refused where it could have no effect.
    if run.isUsageError(of: command) { return [] }
    switch option.effect {
    case .difference:
      let (without, _) = try await observe { line, _ in line }
      violations.require(with != without, "the option has no effect: \(run.description)")
    case .endOfWait:
      violations.require(
        run.ending != nil && !(with.requests.isEmpty && with.startedSendmails.isEmpty),
        "expected a wait, and its end: \(run.description)")
    case .refusalOfActions:
      let isReadOnly = CommandTable.commands.first { $0.name == command }?.effect == .readOnly
      let (without, _) = try await observe { line, _ in line }
      violations.require(
        isReadOnly
          ? with == without
          : run.status == 77 && with.requests.isEmpty
            && with.startedSendmails.isEmpty,
        "expected \(isReadOnly ? "no difference" : "77, with nothing sent"): \(run.description)")
    }
    return violations.list
  }

  // MARK: Places

  /// Returns the requirements that the option violates in other places than after the command.
  func violationsOfPlaces() async throws -> [String] {
    let (expected, run) = try await observe { $0 + $1 }
    let isRefused = run.isUsageError(of: command)
    var violations = Violations()
    for place in places where !(isRefused && place.isDefault) {
      let (observed, other) = try await observe(place.words, input: place.input)
      violations.require(
        isRefused ? other.isUsageError(of: command) : observed == expected,
        "\(place.name) it differs: \(run.description); and: \(other.description)")
    }
    return violations.list
  }

  /// A place where the option can be given.
  private struct Place {
    let name: String
    /// True if the option is a default for lines of the shell, which may pass over it.
    var isDefault = false
    /// Standard input, of the command and the option.
    var input: (@Sendable (_ line: [String], _ option: [String]) -> String)?
    /// The command line, of the command and the option.
    let words: @Sendable (_ line: [String], _ option: [String]) -> [String]
  }

  private var places: [Place] {
    var places = [
      Place(name: "in a line of the shell") { line, option in ["-e", Self.typed(line + option)] }
    ]
    for name in names where name != option.name {
      places.append(
        Place(name: "as \(name)") { line, option in line + [name] + option.dropFirst() })
    }
    // Of an option that is given again the last value counts.
    if !line.contains(option.name) {
      places.append(Place(name: "before the command") { line, option in option + line })
    }
    if option.words.count == 2 {
      places += names.map { name in
        Place(name: "joined to \(name)") { line, option in
          line + [name.hasPrefix("--") ? "\(name)=\(option[1])" : "\(name)\(option[1])"]
        }
      }
    }
    guard option.isSessionDefault else { return places }
    places += [
      Place(name: "before a line of -e", isDefault: true) { line, option in
        option + ["-e", Self.typed(line)]
      },
      Place(
        name: "before lines of standard input", isDefault: true,
        input: { line, _ in Self.typed(line) + "\n" }
      ) { _, option in option },
    ]
    if let setting = option.line {
      places.append(
        Place(name: "after “\(setting)”", isDefault: true) { line, option in
          // The directory of the other daemon stands in the option, which is expanded.
          let directory = option.last?.firstMatch(of: /\/tmp\/[^\/]*/)?.output ?? ""
          return ["-e", setting.replacing("@OTHER@", with: directory), "-e", Self.typed(line)]
        })
    }
    return places
  }

  /// `words` as they are typed, with quotes where a word has a blank, as the project's path may.
  private static func typed(_ words: [String]) -> String {
    words.map { $0.contains(" ") ? "'\($0)'" : $0 }.joined(separator: " ")
  }

  // MARK: Observation

  /// Runs smcontrol in a new place, with another daemon beside it.
  private func observe(
    _ words: @Sendable (_ line: [String], _ option: [String]) -> [String],
    input: (@Sendable (_ line: [String], _ option: [String]) -> String)? = nil
  ) async throws -> (Observation, CommandResult) {
    let place = try ContractPlace()
    let other = try ContractPlace()
    let option = place.expand(Self.expand(option.words, other))
    return try await withOtherDaemon(at: other) { otherDaemon in
      func run() async throws -> CommandResult {
        try await place.run(
          words(line, option), input: input?(line, option) ?? "", within: .seconds(60))
      }
      let result: CommandResult
      var requests: [String] = []
      switch daemon {
      case .none: result = try await run()
      case .full:
        (result, requests) = try await place.withFullDaemon { daemon in
          let result = try await run()
          return (result, try await Self.requests(of: daemon, .answering, at: place))
        }
      case let kind:
        (result, requests) = try await place.withDaemon({ configuration in
          if kind == .silent || kind == .gone {
            configuration.fault = kind == .silent ? .silence : .restartWithoutReturn
            // start would find the daemon by its PID file, without a wait.
            configuration.pidFile = nil
          }
        }) { daemon in
          var result: CommandResult
          if kind == .shadowed {
            place.directory.unlink("pid")
            result = try await PIDFileHolder.run(at: place.directory["pid"]) { _ in try await run()
            }
          } else {
            result = try await run()
          }
          return (result, try await Self.requests(of: daemon, kind, at: place))
        }
      }
      var requestsOfOther: [String] = []
      if let otherDaemon {
        requestsOfOther = try await Self.requests(of: otherDaemon, .answering, at: other)
      }
      let observation = Observation(
        status: result.status, output: plainOutput(result.output, place, other),
        errors: Self.plainErrors(result.errors, place, other), requests: requests,
        requestsOfOther: requestsOfOther,
        startedSendmails: place.startedSendmails.map { Self.plain($0, place, other) },
        hasDump: place.text("dump") != nil)
      return (observation, result)
    }
  }

  private var daemon: OptionCase.Daemon {
    // start does something only where no daemon is, and waits for one that does not answer.
    if command == "start", option.daemon == .answering { return .none }
    return isAudit ? .none : option.daemon
  }

  /// True if smcontrol lists who has the socket open: the tests' own programs have, for a moment after
  /// their start, so that there must be no daemon within the tests.
  private var isAudit: Bool { command == "audit" || option.name == "--audit" }

  private func withOtherDaemon<Result>(
    at other: ContractPlace, body: (ControlDaemon?) async throws -> Result
  ) async throws -> Result {
    if isAudit { return try await body(nil) }
    return try await other.withDaemon(
      { $0.state.title = "rejecting new messages: 1" }, body: body)
  }

  /// Returns the requests to `daemon`; the connections where it reads nothing.
  private static func requests(
    of daemon: ControlDaemon, _ kind: OptionCase.Daemon, at place: ContractPlace
  ) async throws -> [String] {
    var requests: [String] = []
    switch kind {
    case .answering, .shadowed:
      // A daemon that was asked to shut down, or restarts, has read what was sent.
      if let events = try? await daemon.eventsSoFar(at: place.socket) { return events.requests }
      await daemon.shutdown()
      for await request in daemon.requests {
        requests.append(String(decoding: request.bytes, as: UTF8.self))
      }
      return requests.filter { !$0.hasPrefix("mark-") }
    default:
      await daemon.shutdown()
      for await event in daemon.events {
        if case .accepted = event { requests.append("(connection)") }
      }
      return requests
    }
  }

  /// Standard output for comparisons. `status --passive` lists the children of the process that the PID file
  /// names, which is that of the tests: they are other rows' runs of smcontrol.
  private func plainOutput(
    _ text: String, _ place: ContractPlace, _ other: ContractPlace
  ) -> String {
    let plain = Self.plain(text, place, other)
    guard command == "status", option.name == "--passive" else { return plain }
    return plain.firstRange(of: "\n\n").map { String(plain[..<$0.lowerBound]) } ?? plain
  }

  /// `text` with `#` for each number and each duration, without the names of directories, and with single
  /// blanks: all of these differ from run to run.
  private static func plain(
    _ text: String, _ place: ContractPlace, _ other: ContractPlace
  ) -> String {
    let text = text.replacing(place.directory.path.string, with: "DIR")
      .replacing(other.directory.path.string, with: "OTHER")
    var plain: [UInt8] = []
    for byte in text.utf8 {
      let isInNumber = plain.last == UInt8(ascii: "#")
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if !isInNumber { plain.append(UInt8(ascii: "#")) }
      case UInt8(ascii: "."), UInt8(ascii: "s"), UInt8(ascii: "m"), UInt8(ascii: "h"),
        UInt8(ascii: "d"):
        if !isInNumber { plain.append(byte) }
      case UInt8(ascii: " "):
        if plain.last != byte { plain.append(byte) }
      default: plain.append(byte)
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }

  /// The same of standard error without the origin of a line and without the hint where to read on, which
  /// differ from place to place.
  private static func plainErrors(
    _ text: String, _ place: ContractPlace, _ other: ContractPlace
  ) -> String {
    plain(text, place, other).replacing("-e number #: ", with: "").replacing("line #: ", with: "")
      .replacing(/see "[^"]*"/, with: "see")
  }
}
