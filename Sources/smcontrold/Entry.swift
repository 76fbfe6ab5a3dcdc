// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import Glibc
internal import SendmailControlClient
internal import SystemSupport

@main
enum Entry {
  static func main() async {
    do {
      try StandardDescriptors.occupy()
    } catch {
      // Nothing can be said where standard error may be closed.
      exit(ExitStatus.system)
    }
    await DaemonCommand.main()
  }
}
