// SPDX-License-Identifier: GPL-3.0-or-later

extension SendmailConfiguration {
  /// What sendmail would say about its queues at start, with the file system as it is (`setup_queues`
  /// and `multiqueue_cache` in sendmail's `queue.c`). Each makes it exit with 78.
  public func queueProblems(in fileSystem: QueueFileSystem) -> [ConfigurationDiagnostic] {
    let base = baseQueueDirectory
    if let problem = base.problem { return [problem] }
    let directory = base.changeDirectoryPath
    if case .failure(let failure) = fileSystem.enter(directory) {
      return [problem("can not chdir(", directory, "): \(failure.text)")]
    }
    return queueGroups.compactMap { problem(of: $0, base: directory, in: fileSystem) }
  }

  /// The code a daemon exits with instead of starting, or `nil` when nothing here keeps it.
  ///
  /// - Parameter fileSystem: the file system; `nil` to leave it out of the judgement.
  public func daemonExitCode(in fileSystem: QueueFileSystem?) -> Int32? {
    func code(_ diagnostic: ConfigurationDiagnostic) -> Int32? {
      guard case .refusesToStart(let code) = diagnostic.effect else { return nil }
      return code
    }
    // sendmail looks at its command line before it reads the file and stops there on an error. At
    // values of some options it stops wherever they are.
    let usage = ConfigurationParser.ExitCode.usage
    let early = diagnostics.filter { $0.place == .commandLine }.compactMap(code)
    if let first = early.first { return early.contains(usage) ? usage : first }
    if diagnostics.contains(where: { code($0) == usage }) { return usage }
    let areQueuesUsable =
      fileSystem.map { queueProblems(in: $0).isEmpty } ?? baseQueueDirectory.isUsable
    guard areQueuesUsable else { return ConfigurationParser.ExitCode.configuration }
    return diagnostics.lazy.compactMap(code).first
  }

  private func problem(_ start: String, _ path: [UInt8], _ end: String) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
      Array(start.utf8) + path + Array(end.utf8), at: .configuration,
      effect: .refusesToStart(exitCode: ConfigurationParser.ExitCode.configuration))
  }

  private func problem(
    of group: QueueGroup, base: [UInt8], in fileSystem: QueueFileSystem
  ) -> ConfigurationDiagnostic? {
    let path = group.path
    guard path.first == ASCII.slash else { return problem("QueuePath ", path, " not absolute") }
    guard path.starts(with: base) || path == Array(base.dropLast()) else {
      return problem(
        "QueuePath ", path,
        " not subpath of QueueDirectory " + String(decoding: base, as: UTF8.self))
    }
    guard path.last == ASCII.asterisk else { return missing(path, in: fileSystem) }
    let stem = path.dropLast()
    guard let slash = stem.lastIndex(of: ASCII.slash) else { return nil }
    let directory = Array(stem[...slash])
    if directory != base, missing(directory, in: fileSystem) != nil {
      return missing(Array(directory.dropLast()), in: fileSystem)
    }
    let prefix = stem[(slash + 1)...]
    guard let names = fileSystem.subdirectories(directory),
      !names.contains(where: { $0.starts(with: prefix) })
    else { return nil }
    return missing(Array(stem), in: fileSystem)
  }

  private func missing(
    _ directory: [UInt8], in fileSystem: QueueFileSystem
  ) -> ConfigurationDiagnostic? {
    guard case .failure(let failure) = fileSystem.enter(directory) else { return nil }
    return problem("can not opendir(", directory, "): \(failure.text)")
  }
}
