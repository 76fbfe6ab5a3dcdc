// SPDX-License-Identifier: GPL-3.0-or-later

/// An audit as a JSON object. Members are only ever added, and the names of rules never change.
public struct AuditDocument: Encodable, Sendable {
  /// `smcontrol.audit/1`.
  public var schema = "smcontrol.audit/1"
  /// Whether everything could be looked at.
  public var complete: Bool
  /// What smcontrol exits with.
  public var exitStatus: Int32
  /// How many errors there are.
  public var errors: Int
  /// How many warnings there are.
  public var warnings: Int
  /// How many notes there are.
  public var notes: Int
  /// One for each configuration file.
  public var configurations: [Configuration]

  /// A configuration file and what was found.
  public struct Configuration: Encodable, Sendable {
    var file: String
    var kind: String
    var groups: [Group]
  }

  /// What was found about a path.
  public struct Group: Encodable, Sendable {
    var subject: String
    var path: String
    var ladder: [Rung]
    var findings: [Item]
    var unseen: [Gap]
  }

  /// A component of a path.
  public struct Rung: Encodable, Sendable {
    var path: String
    var mode: Nullable<String>
    var owner: Nullable<String>
    var type: Nullable<String>
    var target: Nullable<String>
    var marks: [String]
  }

  /// A finding.
  public struct Item: Encodable, Sendable {
    var rule: String
    var severity: String
    var path: String
    var found: String
    var law: String
    var source: String
    var reason: String
    var mending: [Step]
  }

  /// A step that would mend a finding.
  public struct Step: Encodable, Sendable {
    var kind: String
    var text: String
  }

  /// Something that could not be looked at.
  public struct Gap: Encodable, Sendable {
    var subject: String
    var reason: String
  }

  /// The document for `reports`.
  public init(_ reports: [AuditReport], exitStatus: Int32) {
    complete = reports.allSatisfy(\.unseen.isEmpty)
    self.exitStatus = exitStatus
    errors = reports.reduce(0) { $0 + $1.count(.error) }
    warnings = reports.reduce(0) { $0 + $1.count(.warning) }
    notes = reports.reduce(0) { $0 + $1.count(.note) }
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
      ladder: group.ladder.rungs.map { rung in
        var target: [UInt8]?
        if case .symbolicLink(let text)? = rung.facts?.kind { target = text }
        return AuditDocument.Rung(
          path: AuditDocument.text(rung.path), mode: Nullable(rung.facts?.octalMode),
          owner: Nullable(rung.facts == nil ? nil : rung.owner),
          type: Nullable(rung.facts?.kind.name),
          target: Nullable(target.map(AuditDocument.text)), marks: rung.marks.map(\.rawValue))
      },
      findings: group.findings.map { finding in
        AuditDocument.Item(
          rule: finding.rule.rawValue, severity: finding.rule.severity.rawValue,
          path: AuditDocument.text(finding.path), found: finding.found, law: finding.rule.law,
          source: finding.rule.source, reason: finding.rule.reason,
          mending: finding.mending.map { AuditDocument.Step(kind: $0.kind.rawValue, text: $0.text) }
        )
      },
      unseen: group.unseen.map {
        AuditDocument.Gap(subject: AuditDocument.text($0.subject), reason: $0.reason)
      })
  }
}

/// A rule of the audit as a JSON object.
public struct AuditRuleDocument: Encodable, Sendable {
  /// `smcontrol.audit-rule/1`.
  public var schema = "smcontrol.audit-rule/1"
  var rule: String
  var severity: String
  var law: String
  var source: String
  var reason: String

  /// The document for `rule`.
  public init(_ rule: AuditRule) {
    self.rule = rule.rawValue
    severity = rule.severity.rawValue
    law = rule.law
    source = rule.source
    reason = rule.reason
  }
}

extension FileFacts.Kind {
  /// The kind in machine-readable output.
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
