// SPDX-License-Identifier: GPL-3.0-or-later

public import SystemPackage
public import Testing

/// Debian's NRPE, Icinga 2 and agent of Zabbix, unpacked under the build folder by `Scripts/real-monitoring`.
public struct RealMonitoring: Sendable {
  /// The daemon of NRPE.
  public let nrpe: FilePath
  /// Its client, a plugin.
  public let checkNRPE: FilePath
  /// Icinga 2.
  public let icinga: FilePath
  /// The directory of its templates.
  public let icingaTemplates: FilePath
  /// The agent of Zabbix.
  public let zabbixAgent: FilePath
  /// Debian's configuration of that.
  public let zabbixConfiguration: FilePath
  private let libraries: String

  /// The variables that the programs need.
  public var environment: [String: String?] { ["LD_LIBRARY_PATH": libraries] }

  /// The programs, unpacked now unless they are there already.
  ///
  /// - Throws: ``HarnessError``, saying why there are none to be had.
  public static func required() async throws -> RealMonitoring {
    try await unpacking.value
  }

  private static let unpacking = Task { try await RealMonitoring() }

  private init() async throws {
    let peer = try await UnpackedPeer(script: "real-monitoring")
    nrpe = FilePath(try peer.part("nrpe"))
    checkNRPE = FilePath(try peer.part("check_nrpe"))
    icinga = FilePath(try peer.part("icinga2"))
    icingaTemplates = FilePath(try peer.part("icinga2-include"))
    zabbixAgent = FilePath(try peer.part("zabbix_agentd"))
    zabbixConfiguration = FilePath(try peer.part("zabbix_agentd.conf"))
    libraries = try peer.part("libraries")
  }
}

extension Trait where Self == ConditionTrait {
  /// For tests that need monitoring systems: without them they are skipped with a printed reason on a
  /// developer's machine, and fail where `CI` is set.
  public static var needsMonitoring: Self {
    .enabled("monitoring systems cannot be had here (the reason is printed on standard error)") {
      do {
        _ = try await RealMonitoring.required()
        return true
      } catch {
        guard !WantedTests.isEverything else { throw error }
        SkipNotice.print("Tests with NRPE, Icinga and Zabbix are skipped: \(error)")
        return false
      }
    }
  }
}
