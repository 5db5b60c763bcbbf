import Diagnostics
import Documents
import Foundation

/// The files of `fixtures/semantics`, read once.
enum FactFiles {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let folder = root.appendingPathComponent("fixtures/semantics")
  private static let listName = "not-modelled"

  /// Every fact that is modelled, by its id.
  static let facts: [Result<Fact, any Error>] = paths.filter { !$0.hasSuffix(listName) }.map { path in
    Result { try FactReader.fact(try document(path), id: path) }
  }

  /// What is not modelled, area by area.
  static let notModelled: [Result<[Fact], any Error>] = paths.filter { $0.hasSuffix(listName) }.map { path in
    Result { try FactReader.notModelled(try document(path), id: path) }
  }

  static func index() throws -> SemanticsIndex { try FactReader.index(try document("index")) }

  /// Every fact of either kind; files that cannot be read are left to the test that reads them.
  static var all: [Fact] { facts.compactMap { try? $0.get() } + notModelled.flatMap { (try? $0.get()) ?? [] } }

  /// Paths below the folder, `area/name`, in order.
  private static let paths: [String] = {
    let found = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return found.filter { $0.hasSuffix(".yaml") && $0.contains("/") }.map { String($0.dropLast(5)) }.sorted()
  }()

  private static func document(_ path: String) throws -> Node {
    let file = folder.appendingPathComponent(path + ".yaml")
    let source = SourceFile(id: FileID(rawValue: 0), path: file.path, bytes: [UInt8](try Data(contentsOf: file)))
    let result = DocumentReader.read(source)
    guard let root = result.documents.first?.root, result.documents.count == 1, result.diagnostics.isEmpty else {
      let faults = result.diagnostics.map { "\($0.message) (\($0.primary?.text ?? ""))" }
      throw FactFault("\(path).yaml is not one document: \(faults.joined(separator: "; "))")
    }
    return root
  }
}
