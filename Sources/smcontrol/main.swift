// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SMControlCommands

// The bytes as they were given: CommandLine.arguments would repair what is not UTF-8.
let words = (1..<max(1, Int(CommandLine.argc))).compactMap { index in
  unsafe CommandLine.unsafeArgv[index].map { argument in
    unsafe Array(UnsafeRawBufferPointer(start: argument, count: strlen(argument)))
  }
}
exit(await SMControlProgram.run(words))
