// swift-tools-version: 6.3
// SPDX-License-Identifier: GPL-3.0-or-later

import PackageDescription

// A package of its own, as a user of the libraries has one: it sees public declarations only, and
// fetches what two of the libraries need.
let package = Package(
  name: "smcontrol-outside",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "smcontrol", path: "../..", traits: ["Client", "Daemon"]),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
  ],
  targets: [
    .testTarget(
      name: "ExampleTests",
      dependencies: [
        .product(name: "SendmailControl", package: "smcontrol"),
        .product(name: "SendmailControlClient", package: "smcontrol"),
        .product(name: "SendmailControlDaemon", package: "smcontrol"),
        .product(name: "SystemPackage", package: "swift-system"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
