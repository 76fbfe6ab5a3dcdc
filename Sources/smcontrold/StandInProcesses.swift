// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControlDaemon

/// Processes that stand for the children of a simulated daemon in the process table: each is cat(1) with the
/// title of a child of sendmail. They read a pipe that only this process can write to, and so end with it,
/// however it ends.
final class StandInProcesses: Sendable {
  private let readEnd: CInt
  private let writeEnd: CInt

  /// No process yet; `nil` when there can be none.
  init?() {
    var ends: [CInt] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return nil }
    // A process that held the writing end would not see the end of this one.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// The processes as the simulation uses them.
  var children: LoadSimulator.ChildProcesses {
    LoadSimulator.ChildProcesses(start: { self.start($0) }, end: { self.end($0) })
  }

  private func start(_ title: String) -> Int32? {
    var actions = unsafe posix_spawn_file_actions_t()
    guard unsafe posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, readEnd, STDIN_FILENO)
    for output in [STDOUT_FILENO, STDERR_FILENO] {
      unsafe posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0)
    }
    guard let name = unsafe strdup(title) else { return nil }
    defer { unsafe free(name) }
    // The title is all that the process table shows of the arguments.
    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe [name, nil]
    var variables: [UnsafeMutablePointer<CChar>?] = unsafe [nil]
    var pid: pid_t = 0
    let result = unsafe posix_spawn(&pid, "/bin/cat", &actions, nil, &arguments, &variables)
    return result == 0 ? pid : nil
  }

  private func end(_ pid: Int32) {
    kill(pid, SIGKILL)
    while waitpid(pid, nil, 0) < 0, errno == EINTR {}
  }
}
