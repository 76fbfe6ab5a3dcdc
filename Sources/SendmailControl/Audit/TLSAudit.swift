// SPDX-License-Identifier: Apache-2.0

/// The audit of the files that a daemon needs to offer STARTTLS. What they hold is not read.
struct TLSAudit {
  private let context: AuditContext

  init(_ context: AuditContext) {
    self.context = context
  }

  /// The options that must all be set, and those of them whose files are checked, in sendmail's order.
  private static let required: [OptionCode] = [
    .serverCertFile, .serverKeyFile, .caCertPath, .caCertFile,
  ]

  func group() -> AuditReport.Group? {
    guard !context.isClient, isWanted else { return nil }
    var group = AuditReport.Group(.tls, Array(context.configuration.file.utf8))
    let missing = Self.required.filter { value($0).first != ASCII.slash }
    group.findings += missing.map { option in
      let name = Self.name(option)
      return Finding(
        .tlsNotOffered, group.path,
        value(option).isEmpty
          ? "\(name) is not set"
          : "\(name) is not an absolute path, which sendmail takes for not set",
        remediation: [.advice("set \(name), and restart the daemon")])
    }
    for option in Self.required where option != .caCertPath {
      for file in value(option).split(separator: ASCII.comma) where file.first == ASCII.slash {
        check(Array(file), of: option, &group)
      }
    }
    return group.findings.isEmpty && group.unchecked.isEmpty ? nil : group
  }

  private var isWanted: Bool {
    [.serverCertFile, .serverKeyFile].contains { (option: OptionCode) in !value(option).isEmpty }
  }

  private func value(_ option: OptionCode) -> [UInt8] {
    context.configuration.expand(context.configuration.setting(option)?.value ?? [])
  }

  private static func name(_ option: OptionCode) -> String {
    OptionTable.option(option)?.name ?? ""
  }

  private func check(
    _ file: [UInt8], of option: OptionCode, _ group: inout AuditReport.Group
  ) {
    var checks: SafeFile.Checks = [.regular, .unwritableDirectories, .unwritable]
    if option == .serverKeyFile {
      checks.insert(.unreadableByOthers)
      if !context.configuration.dontBlameSendmail.contains(.groupreadablekeyfile) {
        checks.insert(.unreadableByGroup)
      }
    }
    let safe = SafeFile(identity: context.identity, checks: checks)
    guard let rule = safe.rule(brokenBy: file, in: context.files) else { return }
    guard rule != .notPermitted else {
      group.unchecked += [Unchecked(file, rule)].compactMap { $0 }
      return
    }
    let steps: [Remedy] =
      switch rule {
      case .groupWritableFile, .worldWritableFile: [.command("chmod go-w", file)]
      case .groupReadableFile, .worldReadableFile: [.command("chmod go-rwx", file)]
      case .missing: [.advice("make the file, and restart the daemon")]
      default: [.command("namei -l", file)]
      }
    group.findings.append(
      Finding(
        .tlsNotOffered, file,
        "\(Self.name(option)): file unsafe: \(rule.reason ?? "\(rule)")",
        remediation: steps))
  }
}
