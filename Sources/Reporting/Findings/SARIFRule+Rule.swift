import Rules
import SARIF

extension SARIFRule {
  /// A rule as code scanning shows it beside an alert.
  ///
  /// A project's rule may lack reasons and advice; its title then stands for them, since an empty description or help
  /// text is refused.
  init(_ rule: Rules.Rule) {
    let summary = Self.sentence(rule.title.isEmpty ? rule.id : rule.title)
    let why = rule.why.isEmpty ? summary : rule.why
    self.init(
      id: rule.id, name: Self.pascalCase(rule.slug) ?? Self.pascalCase(rule.id) ?? "Rule", summary: summary,
      description: why, help: (text: Self.helpText(rule, why), markdown: Self.helpPage(rule, why)),
      level: SARIFLevel(rule.level), severity: rule.severity > 0 ? SARIFSecuritySeverity(tenths: rule.severity) : nil,
      tags: ["security", "network"] + rule.controls.map { "\($0.framework)/\($0.id)" })
  }

  private static func helpText(_ rule: Rules.Rule, _ why: String) -> String {
    let properties = rule.properties.map(\.text).joined(separator: "; ")
    return [why, rule.mend, "What must hold: \(properties)"].filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private static func helpPage(_ rule: Rules.Rule, _ why: String) -> String {
    var page = "# \(rule.id): \(rule.title)\n\n\(why)\n"
    if !rule.mend.isEmpty { page += "\n**How to mend it.** \(rule.mend)\n" }
    page += "\n**What must hold:**\n\n" + rule.properties.map { "    \($0.text)\n" }.joined()
    if !rule.controls.isEmpty {
      page += "\n**Controls:**\n\n"
      page += rule.controls.map { "- \($0.framework) \($0.id) (\($0.basis))\n" }.joined()
    }
    return page
  }

  private static func sentence(_ text: String) -> String {
    let start = text.prefix(1).uppercased() + text.dropFirst()
    return start.hasSuffix(".") ? start : start + "."
  }

  /// `tier.internet-to-database` as `TierInternetToDatabase`; `nil` for what has no letter or digit.
  private static func pascalCase(_ words: String) -> String? {
    let parts = words.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return parts.isEmpty ? nil : parts.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}
