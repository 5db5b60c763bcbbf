import Foundation
import FuzzReaders
import Testing

/// The seeds of the fuzzers, and every input that once broke a promise, are read again.
@Suite struct `Inputs of the fuzzers` {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "fixtures/fuzz")

  private static func files(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: Self.folder.appending(path: folder).path)) ?? []).sorted()
      .map { "\(folder)/\($0)" }
  }

  @Test(arguments: FuzzReader.allCases) func `keep every promise, within a second`(reader: FuzzReader) throws {
    let seeds = Self.files(reader.rawValue)
    #expect(!seeds.isEmpty)
    for name in seeds + Self.files("regressions/\(reader.rawValue)") {
      let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: name)))
      var broken: [String] = []
      let time = ContinuousClock().measure { broken = reader.run(bytes) }
      #expect(broken == [], "\(name)")
      // A debug build is some ten times slower, and the machine may be busy: an input that takes this long was slow in the fuzzer.
      #expect(time < .seconds(20), "\(name)")
    }
  }

  @Test(arguments: FuzzReader.allCases) func `of one reader are read by every other`(reader: FuzzReader) throws {
    for name in Self.files(reader.rawValue).prefix(4) {
      let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: name)))
      for other in FuzzReader.allCases where other != reader && other != .check {
        #expect(other.run(bytes) == [], "\(name) by \(other)")
      }
    }
  }
}
