// SPDX-License-Identifier: Apache-2.0

/// A reason for which sendmail gives a message up: a queue run that finds its control file like this renames it
/// to `Qf`, or deletes it and the body (`readqf` in sendmail's `queue.c`).
package enum QueueLoss: String, Sendable, CaseIterable {
  /// The file is empty and no longer new, or it is one line without an end. No trace is left of the message,
  /// neither a `Qf` nor a line in the log.
  case empty
  /// The mode lets the group or others write it, as that of a client queue's file does.
  case writable
  /// The owner is another user than the one that runs the queue.
  case owner
  /// The version of the format is newer than that of sendmail 8.17.
  case version
  /// A line begins with a letter that sendmail does not know.
  case line = "unknown-line"
  /// There is something after the end.
  case dataAfterEnd = "data-after-end"
  /// The body is in a directory that is none of the queues.
  case directory
  /// An `AUTH=` parameter or a body type is not in its form.
  case parameter

  /// The reason in words.
  package var text: String {
    switch self {
    case .empty: "an empty file: sendmail deletes it at the next run, and mostly its body"
    case .writable: "group or others may write the file"
    case .owner: "the file belongs to another user"
    case .version: "its format is newer than version \(QueueLossDetector.newestVersion)"
    case .line: "a line that sendmail does not know"
    case .dataAfterEnd: "data after the end"
    case .directory: "its body is in a directory that is no queue"
    case .parameter: "a bad AUTH= parameter or body type"
    }
  }
}
