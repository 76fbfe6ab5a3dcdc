// swift-tools-version: 6.3
// SPDX-License-Identifier: GPL-3.0-or-later

import PackageDescription

// A user of one library fetches and builds what that library needs, by `traits: ["Client"]`; the core
// alone needs nothing (`traits: []`).
let traits: Set<Trait> = [
  .trait(name: "Client", description: "SendmailControlClient: swift-system"),
  .trait(name: "Daemon", description: "SendmailControlDaemon: swift-system, swift-nio, swift-log"),
  .trait(
    name: "Programs", description: "smcontrol, smcontrold, tools and tests: all dependencies",
    enabledTraits: ["Client", "Daemon"]),
  .default(enabledTraits: ["Programs"]),
]

/// A product of another package, which is fetched for some traits only.
func product(_ name: String, of package: String, for traits: Set<String>) -> Target.Dependency {
  .product(name: name, package: package, condition: .when(traits: traits))
}

let systemPackage = product("SystemPackage", of: "swift-system", for: ["Client", "Daemon"])
let logging = product("Logging", of: "swift-log", for: ["Daemon"])
let argumentParser = product("ArgumentParser", of: "swift-argument-parser", for: ["Programs"])
let subprocess = product("Subprocess", of: "swift-subprocess", for: ["Programs"])

// The Makefile sets it for the client that is shipped, which is linked with the C library, too.
let clientLinkerSettings: [LinkerSetting] =
  Context.environment["SMCONTROL_STATIC_CLIENT"] == "1"
  ? [.unsafeFlags(["-static-executable"])] : []

let package = Package(
  name: "smcontrol",
  // For the core. The other modules need Linux: PlatformCheck.
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [
    .library(name: "SendmailControl", targets: ["SendmailControl"]),
    .library(name: "SendmailControlClient", targets: ["SendmailControlClient"]),
    .library(name: "SendmailControlDaemon", targets: ["SendmailControlDaemon"]),
    .executable(name: "smcontrol", targets: ["smcontrol"]),
    .executable(name: "smcontrold", targets: ["smcontrold"]),
  ],
  traits: traits,
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.100.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0", traits: []),
  ],
  targets: [
    .target(name: "SendmailControl"),
    .systemLibrary(name: "CLinux"),
    .target(name: "PlatformCheck"),
    .target(
      name: "SystemSupport",
      dependencies: ["CLinux", "PlatformCheck", "SendmailControl", systemPackage]),
    .target(
      name: "SendmailControlClient",
      dependencies: ["CLinux", "SendmailControl", "SystemSupport", systemPackage]),
    .target(
      name: "SendmailControlDaemon",
      dependencies: [
        "SendmailControl",
        "SystemSupport",
        systemPackage,
        logging,
        product("NIOCore", of: "swift-nio", for: ["Daemon"]),
        product("NIOPosix", of: "swift-nio", for: ["Daemon"]),
      ]),
    .systemLibrary(name: "CReadline", providers: [.apt(["libreadline-dev"])]),
    .target(
      name: "InteractiveShell",
      dependencies: ["CReadline", "SendmailControl", "SystemSupport", systemPackage]),
    .target(
      name: "SMControlCommands",
      dependencies: [
        "SendmailControl", "SendmailControlClient", "InteractiveShell", "SystemSupport",
        subprocess, systemPackage,
      ]),
    .executableTarget(
      name: "smcontrol", dependencies: ["SMControlCommands"],
      linkerSettings: clientLinkerSettings),
    .executableTarget(
      name: "smcontrold",
      dependencies: [
        "SendmailControlClient",
        "SendmailControlDaemon",
        "SendmailControl",
        "SystemSupport",
        argumentParser,
        systemPackage,
        logging,
        product("ServiceLifecycle", of: "swift-service-lifecycle", for: ["Programs"]),
        product("UnixSignals", of: "swift-service-lifecycle", for: ["Programs"]),
      ]),

    .target(
      name: "TestSupport",
      dependencies: ["SendmailControlDaemon", "SendmailControl", systemPackage, subprocess],
      path: "Tests/TestSupport"),
    .target(
      name: "FuzzProperties", dependencies: ["SendmailControl"], path: "Tests/Fuzzing/Properties"),
    .executableTarget(
      name: "soak",
      dependencies: [
        "SendmailControlClient", "SendmailControlDaemon", "SendmailControl", "SystemSupport",
        "TestSupport", argumentParser, systemPackage,
      ],
      path: "Tests/Soak"),
    .executableTarget(
      name: "screenshots", dependencies: ["TestSupport", "smcontrol", systemPackage],
      path: "Tests/Screenshots"),
    .executableTarget(
      name: "generate", dependencies: ["SendmailControl", "TestSupport", systemPackage],
      path: "Tests/Generate"),
    .testTarget(
      name: "SendmailControlTests",
      dependencies: ["FuzzProperties", "SendmailControl", "TestSupport", systemPackage],
      resources: [.copy("Data")]),
    .testTarget(
      name: "SystemSupportTests",
      dependencies: ["SendmailControl", "SystemSupport", "TestSupport", systemPackage]),
    .testTarget(
      name: "SendmailControlClientTests",
      dependencies: [
        "SendmailControlClient", "SendmailControlDaemon", "SendmailControl", "SystemSupport",
        "TestSupport", systemPackage,
      ]),
    .testTarget(
      name: "InteractiveShellTests",
      dependencies: [
        "InteractiveShell", "SendmailControl", "SystemSupport", "TestSupport", systemPackage,
      ]),
    .testTarget(
      name: "SendmailControlDaemonTests",
      dependencies: [
        "SendmailControlDaemon", "SendmailControl", "SystemSupport", "TestSupport", "smcontrold",
        argumentParser, logging, systemPackage,
      ]),
    .testTarget(
      name: "SMControlCommandsTests",
      dependencies: [
        "SMControlCommands", "SendmailControl", "SystemSupport", "TestSupport",
        systemPackage,
      ],
      resources: [.copy("Data")]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "SendmailControlClient", "SendmailControlDaemon", "InteractiveShell", "SMControlCommands",
        "SendmailControl", "SystemSupport", "TestSupport", "generate", "smcontrol", "smcontrold",
        "soak",
        argumentParser, systemPackage,
      ]),
  ],
  swiftLanguageModes: [.v6]
)

// One place for the settings every target of ours is built with.
for target in package.targets where target.type != .system {
  target.swiftSettings = [
    // Not for users of a library alone, whose compiler may know more warnings.
    .treatAllWarnings(as: .error, .when(traits: ["Programs"])),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
  ]
}

// `make bench` sets it. The harness is fetched for that alone, and the benchmarks are part of this package, so that
// they can measure what is not public.
if Context.environment["SMCONTROL_BENCHMARKS"] == "1" {
  package.dependencies.append(
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []))
  package.targets += [
    .executableTarget(
      name: "benchmark-daemon", dependencies: ["SendmailControlDaemon", systemPackage],
      path: "Benchmarks/OneShot", sources: ["BenchmarkDaemon.swift"]),
    .benchmarks("CoreBenchmarks", of: ["SendmailControl"]),
    .benchmarks(
      "ControlClientBenchmarks",
      of: ["SendmailControlClient", "SendmailControlDaemon", "SendmailControl"]),
    .benchmarks(
      "ControlDaemonBenchmarks", of: ["SendmailControlDaemon", "SendmailControl", systemPackage]),
  ]
}

extension Target {
  /// A program that measures some of the libraries.
  static func benchmarks(_ name: String, of libraries: [Dependency]) -> Target {
    .executableTarget(
      name: name,
      dependencies: [.product(name: "Benchmark", package: "benchmark")] + libraries,
      path: "Benchmarks/Benchmarks/\(name)",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  }
}
