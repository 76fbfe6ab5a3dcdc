// swift-tools-version: 6.3
// SPDX-License-Identifier: GPL-3.0-or-later

import PackageDescription

// A package of its own, so that smcontrol does not depend on the harness.
let package = Package(
  name: "smcontrol-benchmarks",
  dependencies: [
    .package(name: "smcontrol", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
  ],
  targets: [
    .executableTarget(
      name: "benchmark-daemon",
      dependencies: [
        .product(name: "SendmailControlDaemon", package: "smcontrol"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Driver"),
    .benchmarks("CoreBenchmarks", of: ["SendmailControl"]),
    .benchmarks(
      "ControlClientBenchmarks",
      of: ["SendmailControlClient", "SendmailControlDaemon", "SendmailControl"]),
    .benchmarks(
      "ControlDaemonBenchmarks", of: ["SendmailControlDaemon", "SendmailControl"],
      and: [.product(name: "SystemPackage", package: "swift-system")]),
  ],
  swiftLanguageModes: [.v6]
)

extension Target {
  /// A program that measures some of smcontrol's libraries.
  static func benchmarks(
    _ name: String, of libraries: [String], and others: [Dependency] = []
  ) -> Target {
    .executableTarget(
      name: name,
      dependencies: [.product(name: "Benchmark", package: "benchmark")]
        + libraries.map { .product(name: $0, package: "smcontrol") } + others,
      path: "Benchmarks/\(name)",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  }
}
