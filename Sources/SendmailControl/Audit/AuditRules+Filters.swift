// SPDX-License-Identifier: Apache-2.0

/// The rules about mail filters.
extension AuditRule {
  package static let filterRefusesMail = AuditRule(
    "filter.refuses-mail", .error, label: "no filter",
    requirement: "A filter with F=R or F=T must listen.",
    source: "sendmail/milter.c; libmilter/docs",
    reason: """
      While sendmail cannot reach the filter, it refuses all mail: with F=T for now, so that others \
      keep it and try again, and with F=R for good.
      """)
  package static let filterPassedOver = AuditRule(
    "filter.passed-over", .warning, label: "no filter",
    requirement: "A filter must listen, or mail passes without it.",
    source: "sendmail/milter.c; libmilter/docs",
    reason: """
      While sendmail cannot reach a filter without F=R and F=T, mail passes as if there were no filter: \
      it is neither checked nor signed.
      """)
}
