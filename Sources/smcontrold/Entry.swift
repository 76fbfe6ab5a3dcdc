// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser

@main
enum Entry {
  static func main() async {
    await DaemonCommand.main()
  }
}
