// SPDX-License-Identifier: Apache-2.0

extension DaemonObservation: Report {
  /// The passive status. Each fact names its source, since none is reported by sendmail.
  package var classic: String { PassiveText.status(self) }

  /// The passive status.
  package var document: PassiveDocument { PassiveDocument(self) }
}
