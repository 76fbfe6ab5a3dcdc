// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import Testing

/// A file of Data/Configuration with its command line and what sendmail made of it.
struct ConfigurationCase: Sendable, CustomTestStringConvertible {
  var name: String
  var file: [UInt8]
  var overrides: [OptionOverride]
  /// `Name=value` lines.
  var options: [String] = []
  /// The lines that begin with `@`, by name.
  var facts: [String: [String]] = [:]

  var testDescription: String { name }

  /// The files that were made to find out what sendmail does.
  static var reference: [ConfigurationCase] {
    get throws { try all(in: "Configuration") }
  }

  /// The cases of a folder of data.
  static func all(in folder: String) throws -> [ConfigurationCase] {
    let directory = try TestData.directory(folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
      .filter { $0.hasSuffix(".cf") }.sorted()
    return try names.map { try ConfigurationCase(directory, String($0.dropLast(3))) }
  }

  private init(_ directory: URL, _ name: String) throws {
    self.name = name
    let url = directory.appendingPathComponent(name)
    file = try Array(Data(contentsOf: url.appendingPathExtension("cf")))
    let arguments = try? Data(contentsOf: url.appendingPathExtension("args"))
    overrides = OptionOverride.all(
      in: (arguments.map(Array.init) ?? []).split(separator: 0x0A).map(Array.init))
    let expected = try String(
      decoding: Data(contentsOf: url.appendingPathExtension("expected")), as: UTF8.self)
    for line in expected.split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("@"), let equals = line.firstIndex(of: "=") {
        let key = String(line[..<equals].dropFirst())
        facts[key, default: []].append(String(line[equals...].dropFirst()))
      } else {
        options.append(String(line))
      }
    }
  }

  /// The configuration, read under the name sendmail was given.
  func configuration(
    file name: String? = nil, accounts: any Accounts = TestMachine.reference,
    machine: Machine = .reference
  ) -> SendmailConfiguration {
    SendmailConfiguration(
      parsing: file, file: name ?? "\(self.name).cf", overrides: overrides, accounts: accounts,
      machine: machine)
  }
}

/// The files that tests read.
enum TestData {
  struct Missing: Error {
    var name: String
  }

  /// A folder of the test target's data.
  static func directory(_ name: String) throws -> URL {
    guard let url = Bundle.module.resourceURL?.appendingPathComponent("Data/\(name)") else {
      throw Missing(name: name)
    }
    return url
  }
}
