/// A file with all its mutants in it, each behind a switch that is read at run time.
package enum MutatedFile {
  /// The text of the file in which the mutant of a number `n` stands where `mutant(n)` is true.
  ///
  /// The mutants are of this file; their ranges lie within one another or apart.
  package static func text(_ source: String, _ numbered: [(number: Int, mutant: Mutant)]) -> String {
    let ordered = numbered.sorted { one, other in
      let (a, b) = (one.mutant, other.mutant)
      if a.range.lowerBound != b.range.lowerBound { return a.range.lowerBound < b.range.lowerBound }
      if a.range.upperBound != b.range.upperBound { return a.range.upperBound > b.range.upperBound }
      // A statement holds the expression that it consists of.
      if a.form != b.form { return a.form == .statement }
      return one.number < other.number
    }
    var writer = Writer(bytes: Array(source.utf8), pending: ordered[...])
    return "import MutantSwitch\n" + writer.write(0..<source.utf8.count)
  }

  private struct Writer {
    let bytes: [UInt8]
    var pending: ArraySlice<(number: Int, mutant: Mutant)>

    /// A piece of the source with the mutants that lie in it.
    mutating func write(_ range: Range<Int>) -> String {
      var result = ""
      var position = range.lowerBound
      while let (number, mutant) = pending.first, mutant.range.lowerBound < range.upperBound || mutant.range == range,
        mutant.range.upperBound <= range.upperBound
      {
        pending.removeFirst()
        result += plain(position..<mutant.range.lowerBound)
        let inner = write(mutant.range)
        switch mutant.form {
        case .expression: result += "(mutant(\(number)) ? (\(mutant.replacement)) : (\(inner)))"
        case .statement where mutant.replacement.isEmpty: result += "if !mutant(\(number)) { \(inner) }"
        case .statement: result += "if mutant(\(number)) { \(mutant.replacement) } else { \(inner) }"
        case .entry: result += " if mutant(\(number)) { \(mutant.replacement) }; "
        }
        position = mutant.range.upperBound
      }
      return result + plain(position..<range.upperBound)
    }

    private func plain(_ range: Range<Int>) -> String {
      String(decoding: bytes[range], as: UTF8.self)
    }
  }

  /// The mutant that a compiler's complaint is most likely about: the last switch before the place, or the nearest after it.
  package static func blamed(in text: String, line: Int, column: Int) -> Int? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.indices.contains(line - 1) else { return nil }
    let before = String(decoding: lines[line - 1].utf8.prefix(column + 12), as: UTF8.self)
    if let number = switches(before).last { return number }
    if let number = switches(String(lines[line - 1])).first { return number }
    for distance in 1...20 {
      for number in [line - 1 - distance, line - 1 + distance] where lines.indices.contains(number) {
        if let blamed = switches(String(lines[number])).last { return blamed }
      }
    }
    return nil
  }

  private static func switches(_ text: String) -> [Int] {
    text.matches(of: /\bmutant\((\d+)\)/).compactMap { Int($0.1) }
  }
}
