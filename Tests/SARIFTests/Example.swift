import SARIF

/// A log that uses every field that is ever written.
enum Example {
  static let log = SARIFLog(
    run: SARIFRun(
      version: "0.1.0", informationURI: "https://example.com/tierproof", rules: [rule],
      results: [violation, undecided],
      notifications: [
        SARIFNotification(
          code: "gap", level: .warning, message: "AWS::Lambda::Function is not modelled",
          location: SARIFLocation(path: "network/app.yaml", line: 7)),
        SARIFNotification(code: "assumption", level: .note, message: "policies are enforced in cluster prod"),
      ],
      succeeded: false))

  private static let rule = SARIFRule(
    id: "TIER-001", name: "InternetReachesDatabase", summary: "The internet reaches no database",
    description: "Nothing outside may open a path to a database.",
    help: (text: "Close the rule that opens the path.", markdown: "Close the **rule** that opens the path."),
    helpURI: "https://example.com/TIER-001", level: .error, severity: SARIFSecuritySeverity(tenths: 91),
    tags: ["security", "network"])

  private static let violation = SARIFResult(
    ruleID: "TIER-001", level: .error, message: "the internet reaches `orders-db` on tcp/5432, see [the route](1)",
    location: SARIFLocation(
      path: "network/database.yaml", line: 41, columns: 11..<28, logicalName: "prod-net/OrdersDatabaseGroup"),
    fingerprint: "0123abcd",
    flows: [
      SARIFFlow(
        message: "internet ~> orders-db",
        steps: [
          SARIFStep(
            SARIFLocation(path: "network/vpc.yaml", line: 18, message: "enters by igw-prod"), importance: .essential),
          SARIFStep(SARIFLocation(path: "network/database.yaml", line: 64, message: "the answer leaves"), nesting: 1),
        ])
    ],
    related: [SARIFLocation(path: "network/database.yaml", line: 64, message: "route 0.0.0.0/0")],
    properties: [("traffic", "tcp/5432"), ("verdict", "violated")])

  private static let undecided = SARIFResult(
    ruleID: "TIER-001", level: .warning, message: "hangs on `AdminCidr`",
    location: SARIFLocation(path: "network/bastion.yaml", line: 12), fingerprint: "4567ef01",
    flows: [SARIFFlow(steps: [SARIFStep(SARIFLocation(path: "network/bastion.yaml", line: 12))])])
}
