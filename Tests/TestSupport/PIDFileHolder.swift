// SPDX-License-Identifier: GPL-3.0-or-later

public import SystemPackage

/// A process that holds the lock on a PID file, as a daemon does.
public enum PIDFileHolder {
  /// Runs `body` while a process of its own holds a new PID file at `path`.
  public static func run<Result>(
    at path: FilePath, body: (_ processID: Int32) async throws -> Result
  ) async throws -> Result {
    let script = """
      exec 9>'\(path).new'; echo $$ >&9
      exec perl -MFcntl=:flock -e '
        open(my $file, ">&=9") or die; flock($file, LOCK_EX) or die;
        rename("\(path).new", "\(path)") or die; sleep 600'
      """
    return try await RunningProgram.run("/bin/sh", ["-c", script]) { program in
      try await eventually("the PID file at \(path)") {
        (try? FileDescriptor.open(path, .readOnly)).map { try? $0.close() }
      }
      return try await body(program.processID)
    }
  }
}
