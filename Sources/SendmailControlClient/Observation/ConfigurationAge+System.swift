// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SendmailControl
package import SystemPackage
internal import SystemSupport

extension ConfigurationAge {
  /// The age of the configuration of a daemon that runs: the times of a handful of files.
  ///
  /// sendmail opens its control socket and writes its PID file right after it has read its configuration, also
  /// after SIGHUP, which leaves the process and the time of its start as they were.
  ///
  /// - Parameters:
  ///   - configuration: the daemon's configuration.
  ///   - socket: the control socket at which the daemon listens; `nil` when it has none.
  ///   - pidFile: its PID file, which counts where there is no socket; `nil` when it is another's.
  package init(of configuration: SendmailConfiguration, socket: FilePath?, pidFile: FilePath?) {
    let file = FilePath(configuration.file)
    let directory = file.removingLastComponent()
    let makefile = try? Files.contents(of: directory.appending(DebianMakefile.name))
    var files = Self.files(of: configuration, at: file.bytes, makefile: makefile)
    for index in files.indices {
      let path = FilePath(bytes: files[index].path)
      files[index].modified = Self.modified(path)
      files[index].replaced = Self.replaced(path)
    }
    var read = socket.map { Self.modified($0, ofType: .socket) } ?? .absent
    if read.value == nil { read = pidFile.map { Self.modified($0, ofType: .regular) } ?? read }
    self.init(read: read, files: files)
  }

  /// The time of the last change of the contents of the file at `path`, symbolic links followed.
  private static func modified(_ path: FilePath, ofType type: FileType? = nil) -> Fact<Moment> {
    do {
      let status = try Stat(path)
      if let type, status.type != type { return .absent }
      return .known(Moment(status.st_mtim))
    } catch Errno.noSuchFileOrDirectory {
      return .absent
    } catch {
      let isForbidden = [.permissionDenied, .notPermitted].contains(error)
      return .unknown(reason: "\(error)", isForbidden: isForbidden)
    }
  }

  /// The time at which the file at `path`, or the symbolic link there, was put in its place or changed.
  private static func replaced(_ path: FilePath) -> Moment? {
    [try? Stat(path), try? Stat(path, followTargetSymlink: false)].compactMap { $0?.st_ctim }
      .map { Moment($0) }.max { $0.sinceEpoch < $1.sinceEpoch }
  }
}

extension ConfigurationAge.Moment {
  /// The moment of a time that the kernel keeps of a file.
  fileprivate init(_ time: timespec) {
    self.init(
      sinceEpoch: .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec),
      local: CalendarTime(at: time.tv_sec))
  }
}
