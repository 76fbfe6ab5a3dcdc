// SPDX-License-Identifier: Apache-2.0

/// Debian's Makefile in the directory of the configuration file. Its targets `should_reload` and `all` name the
/// files that changed since sendmail was started (`update_mk` in Debian's package).
package enum DebianMakefile {
  /// The name of the file.
  package static let name = "Makefile"
  private static let stamp = Array("/stampdir/reload:".utf8)

  /// The files after whose change the daemon is to be reloaded: the prerequisites of the file that Debian's
  /// start of sendmail touches.
  package static func reloadFiles(in makefile: [UInt8]) -> [[UInt8]] {
    guard let target = makefile.firstRange(of: stamp) else { return [] }
    var files: [[UInt8]] = []
    for line in makefile[target.upperBound...].split(
      separator: ASCII.lineFeed, omittingEmptySubsequences: false)
    {
      let goesOn = line.last == ASCII.backslash
      let words = (goesOn ? line.dropLast() : line).split(whereSeparator: ASCII.isSpace)
      files += words.map { Array($0) }.filter { $0.first == ASCII.slash }
      if !goesOn { break }
    }
    return files
  }
}
