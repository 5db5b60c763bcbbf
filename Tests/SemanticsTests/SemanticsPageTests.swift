import Foundation
import Testing

/// The index, the facts and the page say the same.
@Suite struct `The page on semantics` {
  @Test func `is made from the facts`() throws {
    let page = SemanticsPage(index: try FactFiles.index(), facts: FactFiles.all).text
    let file = FactFiles.root.appendingPathComponent("docs/semantics.md")
    if ProcessInfo.processInfo.environment["TIERPROOF_RECORD"] != nil {
      try Data(page.utf8).write(to: file)
      Issue.record("docs/semantics.md was written anew: run the test again without TIERPROOF_RECORD")
    }
    let written = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    let (lines, expected) = (written.split(separator: "\n"), page.split(separator: "\n"))
    let differing = zip(lines, expected).first { $0 != $1 }
    #expect(
      lines.count == expected.count && differing == nil,
      "docs/semantics.md is not what the facts say (\(differing?.0 ?? "its length")): run make semantics")
  }

  @Test func `every point of the index has a fact or is said to be not modelled`() throws {
    for area in try FactFiles.index().areas {
      let served = Set(FactFiles.all.filter { $0.area == area.name }.flatMap(\.serves))
      for point in area.points { #expect(served.contains(point.id), "\(area.name)/\(point.id): \(point.text)") }
    }
  }

  @Test func `every fact serves points of the index`() throws {
    let areas = try FactFiles.index().areas
    for fact in FactFiles.all {
      let known = areas.first { $0.name == fact.area }?.points.map(\.id) ?? []
      #expect(!fact.serves.isEmpty, "\(fact.id)")
      for point in fact.serves { #expect(known.contains(point), "\(fact.id) serves \(point)") }
    }
  }

  /// What both sides of a fact answer alike shows nothing: an engine that ignored it would pass.
  @Test func `every fact that is modelled has questions of both sides`() {
    for fact in FactFiles.facts.compactMap({ try? $0.get() }) where fact.errors.isEmpty {
      #expect(Set(fact.asks.map(\.answer)).count > 1, "\(fact.id)")
    }
  }

  @Test func `no id of a point stands twice`() throws {
    for area in try FactFiles.index().areas {
      #expect(Set(area.points.map(\.id)).count == area.points.count, "\(area.name)")
    }
  }
}
