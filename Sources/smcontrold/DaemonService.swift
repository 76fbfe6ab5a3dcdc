// SPDX-License-Identifier: GPL-3.0-or-later

internal import Logging
internal import SendmailControlDaemon
internal import ServiceLifecycle
internal import Synchronization
internal import UnixSignals

/// What becomes of a daemon while it runs.
enum DaemonLife: Sendable {
  /// Nothing.
  case idle
  /// What a file says.
  case scenario(Scenario)
  /// What chance says.
  case lively(LivelyDaemon)

  /// Lives on `daemon` until there is nothing more to come.
  func live(on daemon: ControlDaemon) async throws {
    switch self {
    case .idle: break
    case .scenario(let scenario): try await scenario.play(on: daemon)
    case .lively(var life): try await life.live(on: daemon)
    }
  }
}

/// A daemon that SIGTERM and SIGINT end in good order.
final class DaemonService: Service {
  private let configuration: DaemonConfiguration
  private let life: DaemonLife
  private let reason = Mutex<DaemonEvent.StopReason?>(nil)

  private init(_ configuration: DaemonConfiguration, life: DaemonLife) {
    self.configuration = configuration
    self.life = life
  }

  /// Runs a daemon to its end, whose reason is returned.
  ///
  /// - Throws: `DaemonError` when it cannot start.
  static func run(
    _ configuration: DaemonConfiguration, life: DaemonLife
  ) async throws -> DaemonEvent.StopReason? {
    let service = DaemonService(configuration, life: life)
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [
          .init(
            service: service, successTerminationBehavior: .gracefullyShutdownGroup,
            failureTerminationBehavior: .cancelGroup)
        ],
        gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet(configuration.logger)))
    try await group.run()
    return service.reason.withLock(\.self)
  }

  /// The group's own messages are about services, which is nothing the user has asked for.
  private static func quiet(_ logger: Logger) -> Logger {
    var logger = logger
    logger.logLevel = max(logger.logLevel, .error)
    return logger
  }

  func run() async throws {
    let logger = configuration.logger
    try await withControlDaemon(configuration) { daemon in
      logger.info("listening on \(String(decoding: daemon.socketPath, as: UTF8.self))")
      let end = await withGracefulShutdownHandler {
        await withTaskGroup(of: DaemonEvent.StopReason?.self) { group in
          group.addTask { await daemon.waitUntilStopped() }
          group.addTask {
            do {
              try await self.life.live(on: daemon)
            } catch is CancellationError {
              // The daemon has ended first.
            } catch {
              logger.error("the scenario has stopped: \(error)")
            }
            return nil
          }
          var end: DaemonEvent.StopReason?
          while end == nil, let result = await group.next() { end = result }
          group.cancelAll()
          return end
        }
      } onGracefulShutdown: {
        logger.info("stopping daemon, reason=signal")
        Task { await daemon.shutdown() }
      }
      reason.withLock { $0 = end }
    }
  }
}
