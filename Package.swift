// swift-tools-version: 6.2
import PackageDescription

// The target graph is drawn in docs/architecture.md and enforced by scripts/check-target-graph. Lowest first.
let package = Package(
  name: "tierproof",
  products: [
    .executable(name: "tierproof", targets: ["tierproof"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),

    .target(name: "Diagnostics"),
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics", "TestSupport"]),

    .target(name: "PacketSpace"),
    .testTarget(name: "PacketSpaceTests", dependencies: ["PacketSpace", "TestSupport"]),

    .target(name: "SARIF"),
    .testTarget(name: "SARIFTests", dependencies: ["SARIF", "TestSupport"]),

    .target(name: "Documents", dependencies: ["CYAML", "Diagnostics"]),
    .testTarget(name: "DocumentsTests", dependencies: ["Documents", "Diagnostics", "TestSupport"]),

    .target(name: "NetworkModel", dependencies: ["Diagnostics", "PacketSpace"]),
    .testTarget(
      name: "NetworkModelTests", dependencies: ["NetworkModel", "Diagnostics", "PacketSpace", "TestSupport"]),

    .target(name: "AWSNetwork", dependencies: ["NetworkModel", "PacketSpace", "Diagnostics"]),
    .testTarget(
      name: "AWSNetworkTests",
      dependencies: ["AWSNetwork", "NetworkModel", "PacketSpace", "Diagnostics", "ReferenceInterpreter", "TestSupport"]),

    .target(
      name: "AWSDescribe", dependencies: ["AWSNetwork", "Documents", "NetworkModel", "PacketSpace", "Diagnostics"]),
    .testTarget(
      name: "AWSDescribeTests",
      dependencies: ["AWSDescribe", "AWSNetwork", "Documents", "Diagnostics", "TestSupport"]),

    .target(
      name: "CloudFormation", dependencies: ["AWSNetwork", "Documents", "NetworkModel", "PacketSpace", "Diagnostics"]),
    .testTarget(
      name: "CloudFormationTests",
      dependencies: ["CloudFormation", "AWSNetwork", "Documents", "Diagnostics", "TestSupport"]),

    .target(name: "Kubernetes", dependencies: ["Documents", "NetworkModel", "PacketSpace", "Diagnostics"]),
    .testTarget(
      name: "KubernetesTests",
      dependencies: [
        "Kubernetes", "Documents", "NetworkModel", "PacketSpace", "Diagnostics", "Reachability", "ReferenceInterpreter",
        "TestSupport",
      ]),

    .target(
      name: "Snapshots",
      dependencies: [
        "AWSDescribe", "CloudFormation", "Kubernetes", "AWSNetwork", "NetworkModel", "PacketSpace", "Documents",
        "Diagnostics",
      ]),
    .testTarget(
      name: "SnapshotsTests",
      dependencies: [
        "Snapshots", "Reachability", "NetworkModel", "PacketSpace", "Documents", "Diagnostics", "TestSupport",
      ]),

    .target(name: "Reachability", dependencies: ["NetworkModel", "PacketSpace"]),
    .testTarget(
      name: "ReachabilityTests",
      dependencies: ["Reachability", "ReferenceInterpreter", "NetworkModel", "PacketSpace", "TestSupport"]),

    .target(name: "ReferenceInterpreter", dependencies: ["NetworkModel", "PacketSpace"]),
    .testTarget(
      name: "ReferenceInterpreterTests",
      dependencies: ["ReferenceInterpreter", "NetworkModel", "PacketSpace", "TestSupport"]),

    .testTarget(
      name: "ModelVectors",
      dependencies: [
        "Reachability", "ReferenceInterpreter", "NetworkModel", "PacketSpace", "Documents", "Diagnostics",
        "TestSupport",
      ]),

    .target(name: "Language", dependencies: ["NetworkModel", "PacketSpace", "Diagnostics"]),
    .testTarget(name: "LanguageTests", dependencies: ["Language", "NetworkModel", "PacketSpace"]),

    .testTarget(
      name: "SemanticsTests",
      dependencies: [
        "Snapshots", "Properties", "Language", "Reachability", "ReferenceInterpreter", "NetworkModel", "PacketSpace",
        "Documents",
        "SARIF", "Diagnostics", "TestSupport",
      ]),

    .target(
      name: "Certificates", dependencies: ["NetworkModel", "PacketSpace", "Documents", "SARIF", "Diagnostics"]),
    .testTarget(
      name: "CertificatesTests",
      dependencies: ["Certificates", "PacketSpace", "Diagnostics", "TestSupport"]),

    .target(
      name: "CertificateChecker",
      dependencies: ["Certificates", "Language", "ReferenceInterpreter", "NetworkModel", "PacketSpace"]),
    .testTarget(
      name: "CertificateCheckerTests",
      dependencies: [
        "CertificateChecker", "Certificates", "Language", "Properties", "Reachability", "Rules", "NetworkModel",
        "PacketSpace", "Diagnostics", "TestSupport",
      ]),

    .target(
      name: "Properties",
      dependencies: [
        "Certificates", "Language", "Reachability", "ReferenceInterpreter", "NetworkModel", "PacketSpace",
        "Diagnostics",
      ]),
    .testTarget(
      name: "PropertiesTests",
      dependencies: [
        "Properties", "Language", "Reachability", "NetworkModel", "PacketSpace", "Diagnostics", "TestSupport",
      ]),

    .target(
      name: "Rules",
      dependencies: ["Properties", "Certificates", "Language", "NetworkModel", "Documents", "Diagnostics"],
      resources: [.embedInCode("rules")]),
    .testTarget(name: "RulesTests", dependencies: ["Rules", "Properties", "Documents", "Diagnostics", "TestSupport"]),

    .target(
      name: "Reporting",
      dependencies: [
        "Rules", "CertificateChecker", "Properties", "Language", "NetworkModel", "PacketSpace", "SARIF", "Diagnostics",
      ]),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "Reporting", "Rules", "Properties", "Reachability", "NetworkModel", "PacketSpace", "SARIF", "Diagnostics",
        "TestSupport",
      ]),

    .target(
      name: "TierproofCommands",
      dependencies: [
        "Reporting", "Rules", "CertificateChecker", "Properties", "Certificates", "Language", "Snapshots", "Kubernetes",
        "Reachability", "NetworkModel",
        "PacketSpace", "Diagnostics",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "tierproof", dependencies: ["TierproofCommands"]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["tierproof", "Snapshots", "Properties", "Language", "Diagnostics", "TestSupport"]),

    .target(
      name: "FuzzReaders",
      dependencies: [
        "TierproofCommands", "Reporting", "Rules", "Properties", "Language", "Snapshots", "CloudFormation",
        "AWSDescribe",
        "Kubernetes", "AWSNetwork", "NetworkModel", "Documents", "Diagnostics",
      ], path: "Fuzzing/Readers"),
    .testTarget(
      name: "HostileInputTests",
      dependencies: [
        "FuzzReaders", "Language", "Snapshots", "CloudFormation", "Kubernetes", "AWSNetwork", "NetworkModel",
        "Documents",
        "Diagnostics", "TestSupport",
      ]),

    .target(
      name: "TestSupport",
      dependencies: [
        "Reachability", "ReferenceInterpreter", "NetworkModel", "PacketSpace", "Documents", "Diagnostics",
      ],
      path: "Tests/TestSupport"),
    .target(
      name: "Agreement",
      dependencies: [
        "Properties", "Language", "Reachability", "ReferenceInterpreter", "NetworkModel", "PacketSpace",
        "Diagnostics",
        "TestSupport",
      ],
      path: "Tests/Agreement"),
    .testTarget(
      name: "AgreementTests",
      dependencies: [
        "Agreement", "Reachability", "ReferenceInterpreter", "NetworkModel", "PacketSpace", "TestSupport",
      ]),
  ],
  swiftLanguageModes: [.v6]
)

// What only those need who work on the program itself.
if Context.environment["TIERPROOF_DEV"] != nil {
  // One program a reader, for libFuzzer: scripts/fuzz builds and runs them.
  let readers = [
    "YAML", "JSON", "CloudFormation", "Describe", "Kubernetes", "Language", "Project", "Rules", "Check",
  ]
  package.targets += readers.map { reader in
    .executableTarget(name: "Fuzz\(reader)", dependencies: ["FuzzReaders"], path: "Fuzzing/Fuzz\(reader)")
  }
  package.targets.append(
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Snapshots", "Kubernetes", "Properties", "CertificateChecker", "Certificates", "Language", "Reachability",
        "ReferenceInterpreter", "NetworkModel", "PacketSpace", "Documents", "Diagnostics", "CYAML",
      ],
      path: "Benchmarks"))
  package.targets.append(
    .executableTarget(name: "soak", dependencies: ["Agreement", "TestSupport"], path: "Tests/Soak"))
}

// What judges random networks is optimised in every build: without that the tests take minutes where they need seconds.
let optimised: Set = [
  "PacketSpace", "NetworkModel", "Reachability", "ReferenceInterpreter", "Properties", "TestSupport", "Agreement",
]

// One place for the settings that every target is built under; the reasons are in CONTRIBUTING.md.
for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
  ]
  if optimised.contains(target.name) {
    target.swiftSettings?.append(.unsafeFlags(["-O"], .when(configuration: .debug)))
  }
}
