/// `docs/semantics.md`, made from the facts.
struct SemanticsPage {
  var index: SemanticsIndex
  var facts: [Fact]

  var text: String {
    var lines = [
      "# What is modelled",
      "",
      "Every line below is a fact about a platform, with a small network that shows it and questions with their answers, in",
      "`fixtures/semantics`. The tests load each network, ask, and ask the reference interpreter too. This page is made from those",
      "files by `make semantics`, and a test holds it to them.",
      "",
      "In all: \(count(modelled.count, "fact")), \(count(facts.flatMap(\.asks).count, "question")); \(others.count) things that are not modelled.",
    ]
    for area in index.areas { lines += section(area) }
    lines += wrong
    return lines.joined(separator: "\n") + "\n"
  }

  private var modelled: [Fact] { facts.filter { $0.instead == nil } }
  private var others: [Fact] { facts.filter { $0.instead != nil } }

  private func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }

  private func section(_ area: SemanticsIndex.Area) -> [String] {
    var lines = ["", "## \(area.title)"]
    let own = modelled.filter { $0.area == area.name }
    if !own.isEmpty { lines += ["", "| fact | documented in | shown by |", "| --- | --- | --- |"] }
    for point in area.points {
      for fact in own where fact.serves.first == point.id { lines.append(row(fact)) }
    }
    let absent = others.filter { $0.area == area.name }
    if !absent.isEmpty { lines += ["", "Not modelled:", ""] }
    for fact in absent { lines.append("- \(fact.statement) Instead: \(fact.instead ?? "")") }
    return lines
  }

  private func row(_ fact: Fact) -> String {
    let name = fact.id.split(separator: "/").last.map(String.init) ?? fact.id
    let source = fact.source.map { [$0.title, $0.section].compactMap { $0 }.joined(separator: ": ") } ?? ""
    return "| \(cell(fact.statement)) | \(cell(source)) | [\(name)](../fixtures/semantics/\(fact.id).yaml) |"
  }

  private func cell(_ text: String) -> String { text.replacing("|", with: "\\|").replacing("\n", with: " ") }

  private var wrong: [String] {
    let rows = facts.flatMap { fact in
      fact.asks.compactMap { ask in
        ask.knownWrong.map { "- `\(fact.id)`: `\(ask.line)` is answered \($0), and is \(ask.answer)." }
      }
    }
    return rows.isEmpty ? [] : ["", "## Known to be answered wrongly", ""] + rows
  }
}
