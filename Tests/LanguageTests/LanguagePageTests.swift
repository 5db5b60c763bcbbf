import Foundation
import Language
import Testing

/// `docs/language.md` is true: its examples are read, and its tables are the program's.
@Suite struct `The page on the language` {
  private let page: String

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    page = try String(contentsOf: root.appendingPathComponent("docs/language.md"), encoding: .utf8)
  }

  /// The lines of all blocks marked `tierproof`.
  private var examples: [String] {
    var lines: [String] = []
    var isInside = false
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isInside = line == "```tierproof"
      } else if isInside {
        lines.append(String(line))
      }
    }
    return lines
  }

  @Test func `every example is read`() throws {
    #expect(examples.count > 30)
    for line in examples {
      #expect(throws: Never.self, "\(line)") { try Parser.statement(line) }
    }
  }

  @Test func `every example is printed as a line that says the same`() throws {
    for line in examples {
      let statement = try Parser.statement(line)
      #expect(try Parser.statement(statement.description) == statement, "\(line)")
    }
  }

  @Test func `every key of selectors is listed`() throws {
    let sentence = try #require(page.split(separator: "The keys are a closed set:").last?.split(separator: ".").first)
    let listed = sentence.split(separator: "`").map(String.init).filter { $0.allSatisfy(\.isLetter) && !$0.isEmpty }
    #expect(listed == SelectorKey.allCases.map(\.rawValue))
  }

  @Test func `every service that can be written is in the table, with its ports`() {
    var listed: [String: [UInt16]] = [:]
    for row in rows(below: "| service | port |") {
      listed[row[0]] = row[1].split(separator: ",").compactMap { UInt16($0.filter(\.isNumber)) }
    }
    #expect(Set(listed.keys) == Set(ServiceNames.ports.map(\.name)))
    for (name, ports) in ServiceNames.ports { #expect(listed[name] == ports, "\(name)") }
  }

  @Test func `every usual tier is in the table, with what it is recognised by`() {
    let listed = rows(below: "| tier | kinds | tags and labels | names alone |")
    let table = UsualTier.all.map { tier in
      [tier.name] + [tier.kinds, tier.words, tier.names].map { $0.joined(separator: ", ") }
    }
    #expect(listed == table)
  }

  /// The cells of the table whose head is a line, without their marks.
  private func rows(below head: String) -> [[String]] {
    page.components(separatedBy: head + "\n").dropFirst().first.map { rest in
      rest.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().prefix { $0.hasPrefix("|") }.map {
        row in
        row.split(separator: "|").map { cell in
          cell.replacingOccurrences(of: "`", with: "").trimmingCharacters(in: .whitespaces)
        }
      }
    } ?? []
  }
}
