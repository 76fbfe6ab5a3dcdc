// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SMControlCommands

exit(await SMControlProgram.run(Array(CommandLine.arguments.dropFirst())))
