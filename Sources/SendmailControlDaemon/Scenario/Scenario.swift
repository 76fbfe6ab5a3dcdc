// SPDX-License-Identifier: GPL-3.0-or-later

internal import FoundationEssentials

/// What a daemon is to be, and what is to become of it over time, read from JSON:
///
/// ```json
/// {
///   "start": {
///     "maximumChildren": 3,
///     "processes": [ { "kind": "smtp", "peer": "192.0.2.1" } ],
///     "queues": [ { "path": "/var/spool/mqueue", "count": 12 } ]
///   },
///   "steps": [
///     { "after": 5, "loadAverage": 14 },
///     { "after": 0.5, "fault": { "kind": "reset", "afterBytes": 9 } },
///     { "after": 10, "fault": null }
///   ],
///   "repeat": true
/// }
/// ```
///
/// Every member may be left out. A member that is not known is an error. ``ScenarioChange`` lists the
/// members of `start` and of a step.
public struct Scenario: Sendable {
  /// A change and how long it waits for its turn.
  struct Step: Sendable {
    /// `after`: the time since the step before, or since the start; in seconds.
    let delay: Duration
    let change: ScenarioChange
  }

  let start: ScenarioChange
  let steps: [Step]
  /// `repeat`: whether the first step follows the last one.
  let repeats: Bool

  /// Reads a scenario.
  ///
  /// - Parameter json: the text, in UTF-8.
  /// - Throws: ``ScenarioError`` with the member at fault.
  public init(json: [UInt8]) throws(ScenarioError) {
    do {
      self = try JSONDecoder().decode(Scenario.self, from: Data(json))
    } catch let error as ScenarioError {
      throw error
    } catch let error as DecodingError {
      throw ScenarioError(error)
    } catch {
      throw ScenarioError(member: "", problem: "\(error)")
    }
  }

  /// Makes `configuration` that of the scenario's start.
  public func prepare(_ configuration: inout DaemonConfiguration) {
    start.apply(to: &configuration.state)
    if let fault = start.fault { configuration.fault = fault }
  }

  /// Takes `daemon` through the steps, and returns after the last one.
  ///
  /// - Parameter sleep: waits for a time; by the clock unless a test knows better.
  /// - Throws: `CancellationError` when the task is cancelled, and ``DaemonError`` when a fault cannot
  ///   be set.
  public func play(
    on daemon: ControlDaemon,
    sleep: (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) async throws {
    repeat {
      for step in steps {
        try await sleep(step.delay)
        daemon.update { step.change.apply(to: &$0) }
        if let fault = step.change.fault { try await daemon.setFault(fault) }
      }
    } while repeats
  }
}

extension Scenario: Decodable {
  /// Reads the members.
  public init(from decoder: any Decoder) throws {
    let members = try StrictMembers(decoder, ["start", "steps", "repeat"])
    start = try members.optional("start") ?? ScenarioChange()
    steps = try members.optional("steps") ?? []
    repeats = try members.optional("repeat") ?? false
    let isTimeless = steps.allSatisfy { $0.delay == .zero }
    if repeats && isTimeless {
      throw members.error("repeat", "expected a step that waits: its member after above 0")
    }
  }
}

extension Scenario.Step: Decodable {
  init(from decoder: any Decoder) throws {
    let members = try StrictMembers(decoder, ["after"] + ScenarioChange.names)
    delay = try members.seconds("after")
    change = try ScenarioChange(members)
  }
}

extension StrictMembers {
  /// The value of a member that is a time in seconds.
  func seconds(_ name: String) throws -> Duration {
    let seconds: Double = try required(name)
    guard seconds >= 0, seconds <= 1e9 else {
      throw error(name, "expected a number of seconds from 0 to 1000000000")
    }
    return .seconds(seconds)
  }
}
