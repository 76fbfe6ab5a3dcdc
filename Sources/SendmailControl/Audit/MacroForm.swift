// SPDX-License-Identifier: Apache-2.0

/// The forms of lines of the configuration file in the source that m4 makes the file of (sendmail's
/// cf/README), and that source.
struct MacroForm {
  /// True if the file is the mail submission program's.
  let isClient: Bool

  /// Returns the form of `line`: for `O UseMSP=True` it is ``define(`confUSE_MSP', `True')dnl``. `nil` for a
  /// line of another kind.
  func text(of line: String) -> String? {
    if line.hasPrefix("O "), let sign = line.firstIndex(of: "=") {
      let name = line[line.index(line.startIndex, offsetBy: 2)..<sign]
      return macro(String(name)).map { "define(`\($0)', `\(line[line.index(after: sign)...])')dnl" }
    }
    guard line.hasPrefix("Q"), let comma = line.firstIndex(of: ",") else { return nil }
    let equates = line[line.index(after: comma)...].drop { $0 == " " }
    return "QUEUE_GROUP(`\(line[..<comma].dropFirst())', `\(equates)')dnl"
  }

  private func macro(_ option: String) -> String? {
    switch option {
    case "ControlSocketName": "confCONTROL_SOCKET_NAME"
    case "PrivacyOptions": "confPRIVACY_FLAGS"
    case "QueueDirectory": isClient ? "MSP_QUEUE_DIR" : "QUEUE_DIR"
    case "QueueFileMode": "confQUEUE_FILE_MODE"
    case "UseMSP": "confUSE_MSP"
    default: nil
    }
  }

  /// Returns the path of the source of the configuration file `file`: the same path with `.mc` at its end.
  static func source(of file: [UInt8]) -> [UInt8]? {
    guard file.first == ASCII.slash, file.suffix(3).elementsEqual(".cf".utf8) else { return nil }
    return file.dropLast(2) + Array("mc".utf8)
  }
}

extension Finding {
  /// Returns the finding with the form in the source after each line for the configuration file, and with
  /// advice where `source` is there, because the next build overwrites the file.
  func addingMacroForms(_ form: MacroForm, source: [UInt8]?, builder: String) -> Finding {
    let forms = remediation.compactMap { $0.kind == .setting ? form.text(of: $0.text) : nil }
    guard !forms.isEmpty else { return self }
    var steps = remediation.flatMap { remedy in
      let text = remedy.kind == .setting ? form.text(of: remedy.text) : nil
      return [remedy] + (text.map { [Remedy(kind: .macro, text: $0)] } ?? [])
    }
    if let source {
      steps.append(
        .advice(
          """
          change \(TerminalEscaping.escape(source)) as well and build the .cf file from it with \
          \(builder): the next build overwrites a line that only the .cf file has
          """))
    }
    return Finding(rule, path, found, remediation: steps)
  }
}
