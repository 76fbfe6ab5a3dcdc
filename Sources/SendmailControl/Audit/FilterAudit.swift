// SPDX-License-Identifier: Apache-2.0

/// A mail filter, and whether a process listens where sendmail would reach it.
package struct FilterObservation: Sendable {
  /// The filter.
  package let filter: ConfiguredFilter
  /// The place, such as `127.0.0.1 port 8891`.
  package let address: String
  /// True if a process listens there.
  package let hasListener: Fact<Bool>

  /// A filter at `address`.
  package init(_ filter: ConfiguredFilter, address: String, hasListener: Fact<Bool>) {
    self.filter = filter
    self.address = address
    self.hasListener = hasListener
  }
}

/// The audit of the filters that mail passes through.
struct FilterAudit {
  private let context: AuditContext

  init(_ context: AuditContext) {
    self.context = context
  }

  func group() -> AuditReport.Group? {
    guard !context.isClient else { return nil }
    let file = Array(context.configuration.file.utf8)
    var group = AuditReport.Group(.filter, file)
    for item in context.filters {
      let filter = item.filter
      let name = TerminalEscaping.escape(filter.name)
      if case .unknown(let reason, let isForbidden) = item.hasListener {
        group.unchecked.append(
          Unchecked(file, "filter \(name): \(reason)", isForbidden: isForbidden))
      }
      guard item.hasListener == .known(false) else { continue }
      let flags = filter.flags.isEmpty ? "no F=" : "F=\(TerminalEscaping.escape(filter.flags))"
      group.findings.append(
        Finding(
          filter.isRequired ? .filterRefusesMail : .filterPassedOver, file,
          "\(name) (line \(filter.line), \(flags)): no process listens at \(item.address)",
          remediation: [.advice("start the filter, or take it out of InputMailFilters")]))
    }
    return group.findings.isEmpty && group.unchecked.isEmpty ? nil : group
  }
}
