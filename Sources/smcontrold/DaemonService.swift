// SPDX-License-Identifier: GPL-3.0-or-later

internal import Logging
internal import SendmailControlDaemon
internal import ServiceLifecycle
internal import Synchronization
internal import UnixSignals

/// A daemon that SIGTERM and SIGINT end in good order, and SIGHUP restarts.
final class DaemonService: Service {
  private let configuration: DaemonConfiguration
  private let simulation: LoadSimulator?
  private let reason = Mutex<DaemonEvent.StopReason?>(nil)

  private init(_ configuration: DaemonConfiguration, simulation: LoadSimulator?) {
    self.configuration = configuration
    self.simulation = simulation
  }

  /// Runs a daemon to its end, whose reason is returned.
  ///
  /// - Throws: `DaemonError` when it cannot start.
  static func run(
    _ configuration: DaemonConfiguration, simulation: LoadSimulator?
  ) async throws -> DaemonEvent.StopReason? {
    let service = DaemonService(configuration, simulation: simulation)
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

  /// The group's own messages are about services, which the user has not asked for.
  private static func quiet(_ logger: Logger?) -> Logger {
    var logger = logger ?? Logger(label: "") { _ in SwiftLogNoOpLogHandler() }
    logger.logLevel = max(logger.logLevel, .error)
    return logger
  }

  func run() async throws {
    let logger = configuration.logger
    let hangUp = await HangUp()
    try await withControlDaemon(configuration) { daemon in
      logger?.info("listening on \(daemon.socketPath)")
      let end = await withGracefulShutdownHandler {
        await untilStopped(daemon, hangUp)
      } onGracefulShutdown: {
        logger?.info("stopping daemon, reason=signal")
        Task { await daemon.shutdown() }
      }
      reason.withLock { $0 = end }
    }
  }

  /// Runs the tasks around the daemon, until the daemon has ended.
  private func untilStopped(
    _ daemon: ControlDaemon, _ hangUp: HangUp?
  ) async -> DaemonEvent.StopReason? {
    await withTaskGroup(of: DaemonEvent.StopReason?.self) { group in
      group.addTask { await daemon.waitUntilStopped() }
      if let hangUp {
        group.addTask {
          await hangUp.serve(daemon)
          return nil
        }
      }
      if var simulation {
        group.addTask {
          // It ends only by cancellation, when the daemon has ended.
          try? await simulation.run(on: daemon)
          return nil
        }
      }
      var end: DaemonEvent.StopReason?
      while end == nil, let result = await group.next() { end = result }
      group.cancelAll()
      return end
    }
  }
}
