// SPDX-License-Identifier: Apache-2.0

/// The JSON object of an audit. Members are only ever added, and the names of rules never change.
package struct AuditDocument: Encodable, Sendable {
  /// `smcontrol.audit/1`.
  package var schema = "smcontrol.audit/1"
  /// True if everything could be checked.
  package var complete: Bool
  /// The exit status of smcontrol.
  package var exitStatus: Int32
  /// The number of errors.
  package var errorCount: Int
  /// The number of warnings.
  package var warningCount: Int
  /// The number of notes.
  package var noteCount: Int
  /// The configuration files.
  package var configurations: [Configuration]

  /// A configuration file and its findings.
  package struct Configuration: Encodable, Sendable {
    var file: String
    var kind: String
    var groups: [Group]
  }

  /// The findings about a path.
  package struct Group: Encodable, Sendable {
    var subject: String
    var path: String
    var components: [Component]
    var findings: [Finding]
    var unchecked: [Unchecked]
  }

  /// A component of a path.
  package struct Component: Encodable, Sendable {
    var path: String
    var mode: Nullable<String>
    var owner: Nullable<String>
    var type: Nullable<String>
    var target: Nullable<String>
    var rules: [String]
  }

  /// A finding.
  package struct Finding: Encodable, Sendable {
    var rule: String
    var severity: String
    var path: String
    var found: String
    var requirement: String
    var source: String
    var reason: String
    var remediation: [Remedy]
  }

  /// A step that fixes a finding.
  package struct Remedy: Encodable, Sendable {
    var kind: String
    var text: String
  }

  /// A path that could not be checked.
  package struct Unchecked: Encodable, Sendable {
    var path: String
    var reason: String
  }

  /// The document for `reports`.
  package init(_ reports: [AuditReport], exitStatus: Int32) {
    complete = reports.allSatisfy(\.unchecked.isEmpty)
    self.exitStatus = exitStatus
    errorCount = reports.reduce(0) { $0 + $1.count(.error) }
    warningCount = reports.reduce(0) { $0 + $1.count(.warning) }
    noteCount = reports.reduce(0) { $0 + $1.count(.note) }
    configurations = reports.map { report in
      Configuration(
        file: Self.text(report.file), kind: report.isClient ? "msp" : "mta",
        groups: report.groups.map(Group.init))
    }
  }

  fileprivate static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}

extension AuditDocument.Group {
  fileprivate init(_ group: AuditReport.Group) {
    self.init(
      subject: group.subject.rawValue, path: AuditDocument.text(group.path),
      components: group.components.list.map { component in
        var target: [UInt8]?
        if case .symbolicLink(let text)? = component.facts?.kind { target = text }
        return AuditDocument.Component(
          path: AuditDocument.text(component.path), mode: Nullable(component.facts?.octalMode),
          owner: Nullable(component.facts == nil ? nil : component.owner),
          type: Nullable(component.facts?.kind.name),
          target: Nullable(target.map(AuditDocument.text)), rules: component.rules.map(\.name))
      },
      findings: group.findings.map { finding in
        AuditDocument.Finding(
          rule: finding.rule.name, severity: finding.rule.severity.rawValue,
          path: AuditDocument.text(finding.path), found: finding.found,
          requirement: finding.rule.requirement,
          source: finding.rule.source, reason: finding.rule.reason,
          remediation: finding.remediation.map {
            AuditDocument.Remedy(kind: $0.kind.rawValue, text: $0.text)
          })
      },
      unchecked: group.unchecked.map {
        AuditDocument.Unchecked(path: AuditDocument.text($0.path), reason: $0.reason)
      })
  }
}

/// The JSON object of an audit rule.
package struct AuditRuleDocument: Encodable, Sendable {
  /// `smcontrol.audit-rule/1`.
  package var schema = "smcontrol.audit-rule/1"
  var rule: String
  var severity: String
  var requirement: String
  var source: String
  var reason: String

  /// The document for `rule`.
  package init(_ rule: AuditRule) {
    self.rule = rule.name
    severity = rule.severity.rawValue
    requirement = rule.requirement
    source = rule.source
    reason = rule.reason
  }
}

extension FileFacts.Kind {
  /// The name of the kind in machine-readable output.
  var name: String {
    switch self {
    case .directory: "directory"
    case .regular: "regular"
    case .socket: "socket"
    case .fifo: "fifo"
    case .device: "device"
    case .symbolicLink: "symbolic-link"
    case .other: "other"
    }
  }
}
