// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage

/// `source FILE`
struct SourceCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "source", _superCommandName: SMControl.name,
    abstract: "Run the commands of a file, one a line.",
    discussion: "The first one that fails is the last one that is run.")

  static let example = "source /etc/mail/evening.smcontrol"

  /// How many files may be read inside each other.
  private static let deepest = 10

  @Argument(help: "The file.", completion: .file())
  var file: String

  func run(in context: CommandContext) async throws(CommandFailure) -> ExitStatus {
    guard let shell = context.shell else { return .ok }
    if let origin = shell.readOnlyOrigin(context.environment) {
      // Messages would show its lines, whoever may read it.
      throw CommandFailure(.noPermission, "source: \(origin) forbids it")
    }
    let path = FilePath(file)
    guard shell.sourceDepth < Self.deepest else {
      throw CommandFailure(
        .usage,
        "source: \(path.harmlessText): more than \(Self.deepest) files inside each other")
    }
    let descriptor: FileDescriptor
    do {
      descriptor = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
    } catch {
      throw CommandFailure(.noInput, "source: \(path.harmlessText): open: \(error)")
    }
    defer { try? descriptor.close() }
    shell.sourceDepth += 1
    defer { shell.sourceDepth -= 1 }
    let status = await Script(
      shell, context: context, keepsGoing: false, name: path.harmlessText
    ).run(LineSource(descriptor, interruption: context.interruption))
    guard status != ExitStatus.ok.rawValue else { return .ok }
    // What was wrong has been said.
    throw CommandFailure(passingOn: status)
  }
}
