// SPDX-License-Identifier: Apache-2.0

/// The options that `smcontrol config` shows even when nothing sets them, and sendmail's own values
/// for them (`setdefaults` in sendmail's `conf.c`).
enum OptionDefault {
  /// The PID file that Debian compiles in.
  static let pidFile = "/var/run/sendmail/mta/sendmail.pid"

  /// The options and the values as one would write them; empty for what is off or unset.
  static func texts(processors: Int) -> [OptionCode: String] {
    [
      .queueDirectory: "mqueue", .controlSocketName: "", .trustedUser: "0", .runAsUser: "",
      .pidFile: pidFile, .helpFile: "", .statusFile: "", .hostStatusDirectory: "",
      .maxDaemonChildren: "0", .maxQueueChildren: "0", .maxRunnersPerQueue: "0",
      .niceQueueRun: "0", .queueLA: "\(8 * processors)", .refuseLA: "\(12 * processors)",
      .delayLA: "0", .connectionRateThrottle: "0", .connectionRateWindowSize: "60s",
      .minFreeBlocks: "0", .maxMessageSize: "0", .privacyOptions: "public",
      .dontBlameSendmail: "safe", .daemonPortOptions: "", .sharedMemoryKey: "0",
      .sharedMemoryKeyFile: "", .processTitlePrefix: "", .logLevel: "9",
      .deliveryMode: "background",
      .tempFileMode: "0600", .queueFileMode: "0600", .useMSP: "false", .superSafe: "true",
      .rejectLogInterval: "3h", .minQueueAge: "0", .maxQueueAge: "0", .forkEachJob: "false",
      .maxQueueRunSize: "0", .softBounce: "false",
    ]
  }
}
