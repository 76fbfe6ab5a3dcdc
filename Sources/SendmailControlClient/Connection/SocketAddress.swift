// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// The bytes that name a socket in an address, which has room for
/// ``ControlLimits/longestSocketPath`` of them.
///
/// sendmail binds a relative name in its queue directory, so the whole path may be longer than that.
/// Such a socket is reached through a descriptor of the directory, kept open as long as this value.
struct SocketAddress: ~Copyable {
  let bytes: [UInt8]
  private let directory: FileDescriptor?

  /// The address of the socket at `path`.
  ///
  /// `bindingDirectory` is the directory the name was bound in, the beginning of `path`.
  ///
  /// - Throws: ``ControlError``: `pathTooLong`, or `noSuchSocket` and `noPermission` when the
  ///   directory cannot be opened.
  init(path: FilePath, bindingDirectory: FilePath?) throws(ControlError) {
    let whole = path.bytes
    guard whole.count > ControlLimits.longestSocketPath else {
      bytes = whole
      directory = nil
      return
    }
    guard let bindingDirectory, whole.starts(with: bindingDirectory.bytes) else {
      throw ControlError(.pathTooLong, path: path)
    }
    let opened: FileDescriptor
    do {
      opened = try FileDescriptor.open(
        bindingDirectory, .readOnly, options: [.directory, .closeOnExec])
    } catch {
      throw ControlError(
        connectFailedWith: error as? Errno ?? .ioError, path: path, isSocket: nil)
    }
    let name = whole.dropFirst(bindingDirectory.bytes.count).drop { $0 == ASCII.slash }
    let short = Array("/proc/self/fd/\(opened.rawValue)/".utf8) + name
    guard short.count <= ControlLimits.longestSocketPath else {
      try? opened.close()
      throw ControlError(.pathTooLong, path: path)
    }
    bytes = short
    directory = opened
  }

  deinit { try? directory?.close() }
}
