// SPDX-License-Identifier: GPL-3.0-or-later

public import SystemPackage

extension RealDaemon {
  /// The options of a real daemon. The defaults give one that stays in the foreground, with one queue
  /// directory, no shared memory and an SMTP port of its own.
  public struct Options: Sendable {
    /// True if the daemon detaches.
    public enum Mode: String, Sendable, CaseIterable {
      /// `-bD`: stays, and keeps its process id over a restart.
      case foreground = "-bD"
      /// `-bd`: detaches, and changes its process id with each restart.
      case background = "-bd"
    }

    /// True if the daemon detaches.
    public var mode = Mode.foreground
    /// More arguments, such as `-q1h`. `@DIR@` becomes the daemon's directory.
    public var arguments: [String] = []
    /// The first argument in place of the program's absolute path.
    public var argumentZero: String?
    /// Options of sendmail.cf by name, set after those of the harness: the last one wins.
    public var settings: [String: String] = [:]
    /// More fields of the SMTP port, such as `,children=1`.
    public var portFields = ""
    /// More lines of sendmail.cf, such as queue groups. `@DIR@` becomes the daemon's directory.
    public var configurationLines: [String] = []
    /// The lines of the mailers `local` and `prog`.
    public var mailers = ScratchDaemon.mailers
    /// Directories to make below `mq`, the base queue directory, before the start.
    public var queueDirectories: [String] = []
    /// `QueueDirectory` relative to the daemon's directory; a pattern such as `mq/q*` included.
    public var queueDirectory = "mq"
    /// True to set `SharedMemoryKey`, to a key of the daemon's own.
    public var sharesMemory = false
    /// True to run the daemon without privileges (as `nobody`) when the tests run as root.
    public var asOrdinaryUser = false
    /// The parent of the daemon's directory. All users may write to `/tmp`.
    public var parent: FilePath = "/tmp"
    /// True if `DontBlameSendmail=TrustStickyBit` has sendmail use a socket below `/tmp`.
    public var trustsStickyBit = true
    /// True if a daemon without its control socket is a failure.
    public var needsControlSocket = true
    /// Is called with the daemon's directory when all is there, just before the start.
    public var prepare: @Sendable (FilePath) throws -> Void = { _ in }

    /// The defaults, in `mode`.
    public init(mode: Mode = .foreground) { self.mode = mode }
  }
}

extension RealDaemon.Options {
  /// The text of sendmail.cf for a daemon in `directory`.
  func configuration(for places: RealDaemon.Places, user: SystemUser) -> String {
    var lines = [
      "V10/Berkeley",
      "Cwlocalhost",
      "O QueueDirectory=\(places.directory)/\(queueDirectory)",
      "O ControlSocketName=\(places.controlSocket)",
      "O PidFile=\(places.pidFile)",
      "O HelpFile=\(places.helpFile)",
      // The directory is private but lies below /tmp, which everyone may write to.
      "O DontBlameSendmail=\(trustsStickyBit ? "TrustStickyBit," : "")HelpFileInUnsafeDirPath",
      "O DaemonPortOptions=Name=MTA,Addr=127.0.0.1,Port=\(places.smtpPort)\(portFields)",
      "O LogLevel=14",
      "O DeliveryMode=queueonly",
      "O Timeout.ident=0",
      // Never too busy, however much the tests load the machine.
      "O QueueLA=0", "O RefuseLA=0", "O DelayLA=0",
    ]
    if user.userID != 0 {
      lines += ["O TrustedUser=\(user.name)", "O RunAsUser=\(user.name)"]
    }
    if let key = places.sharedMemoryKey { lines.append("O SharedMemoryKey=\(key)") }
    lines += settings.sorted { $0.key < $1.key }.map { "O \($0.key)=\($0.value)" }
    lines += configurationLines.map {
      $0.replacing("@DIR@", with: places.directory.string)
    }
    // Every address is local.
    lines += mailers + ["Sparse=0", "R$*\t$#local $: $1"]
    return lines.joined(separator: "\n") + "\n"
  }
}
