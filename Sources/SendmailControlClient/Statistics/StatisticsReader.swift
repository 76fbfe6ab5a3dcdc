// SPDX-License-Identifier: Apache-2.0

package import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// Reads the file in which sendmail counts messages and connections. It is never changed.
package enum StatisticsReader {
  /// The most bytes that are read: a structure gives its size in 16 bits.
  private static let longestFile = 1 << 16

  /// Reads the statistics of `configuration`, and the path that they come from.
  ///
  /// - Throws: ``StatisticsReadError``.
  package static func read(
    _ configuration: ResolvedConfiguration
  ) throws(StatisticsReadError) -> (statistics: MailStatistics, file: ByteText) {
    let isOfMSP = configuration.configuration.usesMSP
    guard let file = configuration.statisticsFile else {
      throw StatisticsReadError(.notSet, path: FilePath(configuration.configuration.file))
    }
    let path = FilePath(bytes: file.bytes)
    let bytes = try contents(of: path, isOfMSP: isOfMSP)
    do {
      return (try MailStatistics(parsing: bytes), file)
    } catch {
      throw StatisticsReadError(.malformed(error), path: path)
    }
  }

  private static func contents(
    of path: FilePath, isOfMSP: Bool
  ) throws(StatisticsReadError) -> [UInt8] {
    let file: FileDescriptor
    do throws(Errno) {
      file = try Errno.rethrowing {
        // Not blocking, in case there is a FIFO.
        try FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
      }
    } catch {
      throw StatisticsReadError("open", error, path: path, isOfMSP: isOfMSP)
    }
    defer { try? file.close() }
    guard (try? file.stat())?.type == .regular else {
      throw StatisticsReadError(.notRegularFile, path: path)
    }
    do throws(Errno) {
      // At once, as sendmail writes it.
      return try file.readOnce(atMost: longestFile)
    } catch {
      throw StatisticsReadError("read", error, path: path, isOfMSP: isOfMSP)
    }
  }
}
