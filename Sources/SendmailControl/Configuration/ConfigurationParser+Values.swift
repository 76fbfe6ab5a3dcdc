// SPDX-License-Identifier: Apache-2.0

extension ConfigurationParser {
  /// The options whose value is a time, with the unit of a bare number.
  private static let times: [OptionCode: OptionValue.TimeUnit] = [
    .aliasWait: .minutes, .connectionCacheTimeout: .minutes, .minQueueAge: .minutes,
    .maxQueueAge: .minutes, .dialDelay: .seconds, .deliverByMin: .seconds,
    .rejectLogInterval: .hours, .connectionRateWindowSize: .seconds,
  ]

  /// Says what sendmail says about the values of options that are only checked.
  mutating func checkValue(_ assignment: OptionAssignment, at offset: Int) {
    let value = assignment.value
    let name = assignment.option.name
    if let unit = Self.times[assignment.option.code] {
      reportUnknownUnits(OptionValue.time(value, unit: unit).unknownUnits, at: offset)
      return
    }
    switch assignment.option.code {
    case .queueSortOrder:
      guard !"fhmptrsn".utf8.contains(ASCII.lowercased(value.first ?? ASCII.null)) else { return }
      report(
        Array("Invalid queue sort order \"".utf8) + value + [ASCII.doubleQuote], at: offset)
    case .noRecipientAction:
      let actions = ["none", "add-to", "add-apparently-to", "add-bcc", "add-to-undisclosed"]
      guard !actions.contains(OptionWords.folded(value)) else { return }
      report(Array("Invalid NoRecipientAction: ".utf8) + value, at: offset)
    case .mustQuoteChars where value.count >= 40:
      warn("Warning: MustQuoteChars too long, ignored.")
    case .operatorChars:
      guard hasOperatorCharacters else {
        hasOperatorCharacters = true
        return
      }
      warn(
        "Warning: OperatorChars is being redefined.\n"
          + "         It should only be set before ruleset definitions.")
    case .maxMimeHeaderLength: checkMimeHeaderLength(value)
    case .maxHeadersLength where (1..<16_384).contains(OptionValue.integer(value)):
      warn("Warning: MaxHeadersLength: headers length limit set lower than 16384")
    case .smtpUTF8:
      if OptionValue.truth(value) {
        report("readcf: option: \(name) set but no USE_EAI support", at: offset)
      } else {
        warn("Warning: Option: \(name) requires USE_EAI support")
      }
    case .connectOnlyTo: checkConnectOnlyTo(value, at: offset)
    case .authOptions: checkLetters(value, allowed: "Aacdfmpy", name: name)
    case .tlsServerOptions: checkLetters(value, allowed: "VC", name: name)
    case .serverSSLOptions, .clientSSLOptions: checkSSLOptions(value, name: name, at: offset)
    case .resolverOptions: checkResolverOptions(value, at: offset)
    default: break
    }
  }

  /// Warns in the way of sendmail's that names no line.
  private mutating func warn(_ message: String) {
    report(message, at: 0, effect: .warning, isLocated: false)
  }

  /// `PORT@ADDRESS`, or only the address, which is all that 8.15 knows.
  private mutating func checkConnectOnlyTo(_ value: [UInt8], at offset: Int) {
    let start = "readcf: option ConnectOnlyTo: invalid "
    let hasPorts = conditions.build.version >= SendmailVersion(8, 16)
    let mark = hasPorts ? value.firstIndex(of: UInt8(ascii: "@")) : nil
    if let mark, OptionValue.integer(value[..<mark]) > Int(UInt16.max) {
      report(Array("\(start)port ".utf8) + value[..<mark], at: offset)
      return
    }
    let addressStart = mark.map { $0 + 1 } ?? 0
    let address = Array(value[addressStart...])
    guard InternetAddress.version4(address) == nil,
      InternetAddress.taggedVersion6(address) == nil
    else { return }
    report(Array("\(start)IP address ".utf8) + address, at: offset + addressStart)
  }

  private mutating func checkMimeHeaderLength(_ value: [UInt8]) {
    let slash = value.firstIndex(of: ASCII.slash)
    let header = OptionValue.integer(value[..<(slash ?? value.count)])
    let rest = slash.map { value[($0 + 1)...] } ?? []
    let field = rest.isEmpty ? header / 2 : OptionValue.integer(rest)
    if (1..<128).contains(header) {
      warn("Warning: MaxMimeHeaderLength: header length limit set lower than 128")
    }
    if (1..<40).contains(field) {
      warn("Warning: MaxMimeHeaderLength: field length limit set lower than 40")
    }
  }

  /// Checks the first letter of each word; the words are separated by commas and blanks.
  private mutating func checkLetters(_ value: [UInt8], allowed: String, name: String) {
    let separators: Set<UInt8> = [ASCII.comma, ASCII.space, ASCII.tab]
    var rest = value[...]
    while let letter = rest.first {
      if !separators.contains(letter), !allowed.utf8.contains(letter) {
        let shown = (0x20...0x7E).contains(letter) ? Unicode.Scalar(letter) : "?"
        warn("Warning: Option: \(name) unknown parameter '\(shown)'")
      }
      rest = rest.dropFirst().drop { !separators.contains($0) }.dropFirst()
    }
  }

  private mutating func checkSSLOptions(_ value: [UInt8], name: String, at offset: Int) {
    var rest = value[...]
    while true {
      rest = rest.drop { $0 == ASCII.space }
      guard let first = rest.first else { return }
      if first == ASCII.minus || first == UInt8(ascii: "+") { rest.removeFirst() }
      let word = rest.prefix { !ASCII.isSpace($0) && $0 != ASCII.comma }
      rest = rest[word.endIndex...].dropFirst()
      if let first = word.first, ASCII.isDigit(first) { continue }
      guard !Self.sslOptions.contains(OptionWords.folded(word)) else { continue }
      report(
        Array("readcf: \(name) option value ".utf8) + word + Array(" unrecognized".utf8),
        at: offset + word.startIndex)
    }
  }

  private static let resolverOptions: Set<String> = [
    "haswildcardmx", "workaroundbrokenaaaa", "debug", "aaonly", "usevc", "primary", "igntc",
    "recurse", "defnames", "stayopen", "dnsrch", "use_edns0", "use_dnssec", "trustad", "true",
  ]

  private mutating func checkResolverOptions(_ value: [UInt8], at offset: Int) {
    var rest = value[...]
    while true {
      rest = rest.drop { $0 == ASCII.space }
      guard let first = rest.first else { return }
      if first == ASCII.minus || first == UInt8(ascii: "+") { rest.removeFirst() }
      let word = rest.prefix { !ASCII.isSpace($0) }
      rest = rest[word.endIndex...].dropFirst()
      guard !Self.resolverOptions.contains(OptionWords.folded(word)) else { continue }
      report(
        Array("readcf: I option value ".utf8) + word + Array(" unrecognized".utf8),
        at: offset + word.startIndex)
    }
  }

  /// The names of OpenSSL 3 that Debian's sendmail knows, in lower case and without `ssl_op_`.
  private static let sslOptions: Set<String> = Set(
    """
    all allow_no_dhe_kex allow_unsafe_legacy_renegotiation cipher_server_preference
    cisco_anyconnect cookie_exchange cryptopro_tlsext_bug dont_insert_empty_fragments
    enable_middlebox_compat ephemeral_rsa legacy_server_connect microsoft_big_sslv3_buffer
    microsoft_sess_id_bug msie_sslv2_rsa_padding netscape_ca_dn_bug netscape_challenge_bug
    netscape_demo_cipher_change_bug netscape_reuse_cipher_change_bug no_anti_replay
    no_compression no_encrypt_then_mac no_query_mtu no_renegotiation
    no_session_resumption_on_renegotiation no_sslv2 no_sslv3 no_ticket no_tlsv1 no_tlsv1_1
    no_tlsv1_2 no_tlsv1_3 pkcs1_check_1 pkcs1_check_2 prioritize_chacha single_dh_use
    single_ecdh_use ssleay_080_client_dh_bug sslref2_reuse_cert_type_bug
    tls_block_padding_bug tls_d5_bug tls_rollback_bug tlsext_padding
    """
    .split { $0 == " " || $0 == "\n" }.map { "ssl_op_" + $0 })
}
