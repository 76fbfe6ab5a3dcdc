// SPDX-License-Identifier: Apache-2.0

/// The files that a daemon read when it started, compared with the time at which it read them.
package struct ConfigurationAge: Sendable, Equatable {
  /// A moment on the clock of the file systems.
  package struct Moment: Sendable, Equatable {
    /// The time since the beginning of 1970.
    package var sinceEpoch: Duration
    /// The same in the time zone of the environment, for texts.
    package var local: CalendarTime

    /// A moment.
    package init(sinceEpoch: Duration, local: CalendarTime) {
      self.sinceEpoch = sinceEpoch
      self.local = local
    }
  }

  /// The part that a file has in the daemon's configuration.
  package enum Role: String, Sendable {
    /// The configuration file.
    case configuration
    /// A file that an `F` line reads.
    case classFile = "class-file"
    /// A certificate, a key or a list of revoked certificates for TLS.
    case tls = "tls-file"
    /// A file that Debian's Makefile asks to reload the daemon for.
    case reloadRule = "reload-rule"
    /// The source that m4 makes the configuration file of.
    case source
  }

  /// A file and the time of its last change.
  package struct File: Sendable, Equatable {
    /// The absolute path.
    package var path: [UInt8]
    /// The part that it has.
    package var role: Role
    /// True if sendmail starts without it, too.
    package var isOptional: Bool
    /// The time of the last change of its contents.
    package var modified: Fact<Moment>
    /// The time at which it was put there, or its owner, mode or contents were last changed: a backup that is
    /// put back keeps the time of its contents. `nil` when it is not known.
    package var replaced: Moment?

    /// A file.
    package init(
      _ path: [UInt8], _ role: Role, isOptional: Bool = false, modified: Fact<Moment> = .notAsked,
      replaced: Moment? = nil
    ) {
      self.replaced = replaced
      self.path = path
      self.role = role
      self.isOptional = isOptional
      self.modified = modified
    }
  }

  /// A difference between a file and what the daemon read.
  package enum Change: String, Sendable {
    /// Its contents changed after the daemon read them.
    case modified
    /// Another file was put in its place, or its owner or mode was changed: nothing tells which. The time of its
    /// contents is older.
    case replaced
    /// It is not there any more.
    case removed
    /// The source is newer than the configuration file that m4 makes of it.
    case newer = "newer-than-configuration"
  }

  /// The time at which the daemon had read its configuration.
  package var read: Fact<Moment>
  /// The files.
  package var files: [File]

  /// An age.
  package init(read: Fact<Moment>, files: [File]) {
    self.read = read
    self.files = files
  }
}

extension ConfigurationAge {
  /// The files that a daemon with `configuration` reads when it starts, each once; their times are not asked
  /// for. Programs, maps and files with relative paths, which depend on the directory where sendmail was
  /// started, are not among them.
  ///
  /// `file` is the absolute path of the configuration file. `makefile` is the text of Debian's
  /// Makefile beside it; `nil` when there is none.
  package static func files(
    of configuration: SendmailConfiguration, at file: [UInt8], makefile: [UInt8]? = nil
  ) -> [File] {
    var files = [File(file, .configuration)]
    files += configuration.classFiles.filter { !$0.isRelative }.map {
      File($0.path, .classFile, isOptional: $0.isOptional)
    }
    files += tlsFiles(of: configuration).map { File($0, .tls, isOptional: true) }
    files += DebianMakefile.reloadFiles(in: makefile ?? []).map {
      File($0, .reloadRule, isOptional: true)
    }
    if file.suffix(3).elementsEqual(".cf".utf8) {
      files.append(File(Array(file.dropLast(3)) + Array(".mc".utf8), .source, isOptional: true))
    }
    var paths: Set<[UInt8]> = []
    return files.filter { paths.insert($0.path).inserted }
  }

  private static let tlsOptions: Set<String> = [
    "ServerCertFile", "ServerKeyFile", "ClientCertFile", "ClientKeyFile", "CACertFile", "CRLFile",
    "DHParameters",
  ]

  /// The files that the options for TLS name; an option may name two.
  private static func tlsFiles(of configuration: SendmailConfiguration) -> [[UInt8]] {
    configuration.entries.filter { tlsOptions.contains($0.name) }
      .flatMap { $0.value.split(separator: ASCII.comma) }
      .filter { $0.first == ASCII.slash }.map { Array($0) }
  }

  /// The files that changed, with the change of each.
  package var changes: [(file: File, change: Change)] {
    files.compactMap { file in change(of: file).map { (file, $0) } }
  }

  /// True if the daemon's configuration is that of the files; `nil` when something of that is not known.
  package var isCurrent: Bool? {
    if !changes.isEmpty { return false }
    return unknown.isEmpty ? true : nil
  }

  /// The reasons why it is not known whether something changed.
  package var unknown: [String] {
    if read.value == nil {
      return [read.reason ?? "it is not known when the daemon read its configuration"]
    }
    // Most users may not see where certificates are; that is no reason to doubt the rest.
    return files.filter { $0.role != .tls }.compactMap { file in
      file.modified.reason.map { "\(TerminalEscaping.escape(file.path)): \($0)" }
    }
  }

  /// True if another user might be permitted to read what is not known.
  package var isForbidden: Bool {
    read.value == nil ? read.isForbidden : files.contains { $0.modified.isForbidden }
  }

  private func change(of file: File) -> Change? {
    if file.role == .source {
      guard let configuration = files.first(where: { $0.role == .configuration }) else {
        return nil
      }
      return Self.isNewer(file.modified, than: configuration.modified) ? .newer : nil
    }
    if file.modified == .absent { return file.isOptional ? nil : .removed }
    if Self.isNewer(file.modified, than: read) { return .modified }
    // Debian's Makefile goes by the contents alone.
    guard file.role != .reloadRule, let replaced = file.replaced else { return nil }
    return Self.isNewer(.known(replaced), than: read) ? .replaced : nil
  }

  private static func isNewer(_ one: Fact<Moment>, than other: Fact<Moment>) -> Bool {
    guard let one = one.value, let other = other.value else { return false }
    return one.sinceEpoch > other.sinceEpoch
  }

  /// The changes, a line each, without a prefix.
  package var lines: [String] {
    changes.map { file, change in
      let path = TerminalEscaping.escape(file.path)
      switch change {
      case .modified:
        let time = file.modified.value.map { " at \($0.local.date) \($0.local.time)" } ?? ""
        return "\(path) was changed\(time), after the daemon read its configuration"
      case .replaced:
        let time = file.replaced.map { " at \($0.local.date) \($0.local.time)" } ?? ""
        return """
          \(path) was replaced, or its owner or mode was changed,\(time), after the daemon read its \
          configuration
          """
      case .removed: return "\(path) is not there any more; the daemon still uses its contents"
      case .newer: return "\(path) is newer than the configuration file that is made of it"
      }
    }
  }

  /// The changes in a sentence, without a prefix; `nil` when there are none.
  package var warning: String? {
    let old = changes.filter { $0.change != .newer }
    let names = old.map { TerminalEscaping.escape($0.file.path) }.joined(separator: ", ")
    if !old.isEmpty {
      return """
        the daemon runs with an older configuration: \(names) changed since it started; a restart \
        makes it read them
        """
    }
    return lines.first
  }
}
