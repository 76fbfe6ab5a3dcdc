// SPDX-License-Identifier: GPL-3.0-or-later

/// The messages that `sendmail -bp -v` lists.
struct MailqListing {
  /// A message as it is listed.
  struct Message {
    let directory: String
    /// The bytes of its body; `nil` when that is missing, or the message has no S line.
    var size: Int?
    var sender: String?
    /// The message's status, or else that of the first recipient with one.
    var status: String?
    var recipients: [String] = []
  }

  /// The messages.
  private(set) var messages: [Message] = []
  /// The number in the last line.
  private(set) var total: Int?

  /// Takes the output of mailq.
  init(_ output: String) {
    var directory = ""
    for line in output.split(separator: "\n") {
      if let match = line.firstMatch(of: /^\t\t(\/.*) \([0-9]+ requests?/) {
        directory = String(match.output.1)
      } else if let match = line.firstMatch(of: /Total requests: ([0-9]+)/) {
        total = Int(match.output.1)
      } else {
        if line.firstMatch(of: /^[0-9A-Za-z]{14,}/) != nil {
          messages.append(Message(directory: directory))
        }
        if !messages.isEmpty { messages[messages.count - 1].take(line) }
      }
    }
  }
}

extension MailqListing.Message {
  fileprivate mutating func take(_ line: Substring) {
    // Size, priority, date and sender are printed with the S line, behind what stood before that.
    if let match = line.firstMatch(
      of: /(-?[0-9]+) +-?[0-9]+[+ ][A-Z][a-z]{2} [ 0-9]{2} [0-9]{2}:[0-9]{2} (.*)$/)
    {
      size = Int(match.output.1).flatMap { $0 < 0 ? nil : $0 }
      sender = String(match.output.2)
    } else if let match = line.firstMatch(of: /^(?: {4}.{10} {2}|\t\t) \((.*)\)$/) {
      status = status ?? String(match.output.1)
    } else if let match = line.firstMatch(of: /^\t{6}([^ (].*)$/) {
      recipients.append(String(match.output.1))
    }
  }
}
