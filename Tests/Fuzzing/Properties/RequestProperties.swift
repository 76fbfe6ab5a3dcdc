// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl

enum RequestProperties {
  static func complaint(about bytes: [UInt8]) -> String? {
    let request = RequestLine(bytes)
    let word = request.word
    // isspace of C, the end of a C string and the end of a line.
    let ends: Set<UInt8> = [0x00, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20]
    if word.contains(where: ends.contains) { return "a word with an end in it: \(word)" }
    if word.count > ControlLimits.longestRequest { return "a word of \(word.count) bytes" }
    if RequestLine(word) != request { return "another word when it stands alone: \(word)" }
    // Nothing after the end of the line counts, nor after the length that sendmail reads.
    if RequestLine(bytes + [ASCII.lineFeed] + Array("status".utf8)) != request {
      return "a line feed does not end it"
    }
    if bytes.count >= ControlLimits.longestRequest, RequestLine(bytes + [0x78]) != request {
      return "bytes beyond the limit are read"
    }
    let folded = String(
      decoding: word.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    if request.command?.rawValue != ControlCommand(rawValue: folded)?.rawValue {
      return "\(folded) is taken for \(String(describing: request.command))"
    }
    let refusal = SendmailWords.badCommand(word)
    guard refusal.starts(with: SendmailWords.badCommandPrefix),
      refusal.suffix(3) == Array(")\r\n".utf8)
    else { return "a refusal in another form: \(refusal)" }
    return nil
  }
}
