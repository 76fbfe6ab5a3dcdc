// swift-tools-version: 6.2
// SPDX-License-Identifier: GPL-3.0-or-later

import PackageDescription

// A package of its own, so that smcontrol does not depend on the harness.
let package = Package(
  name: "smcontrol-benchmarks",
  dependencies: [
    .package(name: "smcontrol", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "ControlDaemonBenchmarks",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "ControlDaemon", package: "smcontrol"),
        .product(name: "SendmailControl", package: "smcontrol"),
      ],
      path: "Benchmarks/ControlDaemonBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  ],
  swiftLanguageModes: [.v6]
)
