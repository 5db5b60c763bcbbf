/// A word's text, of which some letters stood in quotes: `*` and `?` outside of them match any text and any letter.
package struct Pattern: Hashable, Sendable {
  package struct Letter: Hashable, Sendable {
    package var character: Character
    package var isQuoted: Bool
  }

  package var letters: [Letter]

  package init(letters: [Letter]) { self.letters = letters }

  /// A text that is meant as it stands.
  package init(literally text: String) {
    letters = text.map { Letter(character: $0, isQuoted: true) }
  }

  package init(_ text: String) { letters = text.map { Letter(character: $0, isQuoted: false) } }

  package var text: String { String(letters.map(\.character)) }

  /// Whether a letter stands for others.
  package var isGlob: Bool { letters.contains { Self.isWild($0) } }

  /// Whether `{name}` stands in it.
  package var hasParameter: Bool { letters.contains { !$0.isQuoted && $0.character == "{" } }

  private static func isWild(_ letter: Letter) -> Bool {
    !letter.isQuoted && (letter.character == "*" || letter.character == "?")
  }

  /// Whether the whole of a text is meant.
  package func matches(_ text: String, ignoringCase: Bool = false) -> Bool {
    let other = Array(ignoringCase ? text.lowercased() : text)
    let own =
      ignoringCase ? letters.map { Letter(character: Self.lower($0.character), isQuoted: $0.isQuoted) } : letters
    // The usual way back to the last star; it takes no more than the product of both lengths.
    var (mine, its) = (0, 0)
    var back: (mine: Int, its: Int)?
    while its < other.count {
      if mine < own.count, !own[mine].isQuoted, own[mine].character == "*" {
        back = (mine, its)
        mine += 1
      } else if mine < own.count,
        own[mine].character == other[its] || (!own[mine].isQuoted && own[mine].character == "?")
      {
        mine += 1
        its += 1
      } else if let last = back {
        back = (last.mine, last.its + 1)
        mine = last.mine + 1
        its = last.its + 1
      } else {
        return false
      }
    }
    return own[mine...].allSatisfy { !$0.isQuoted && $0.character == "*" }
  }

  private static func lower(_ character: Character) -> Character { character.lowercased().first ?? character }

  /// Both sides of the first of a letter outside of quotes.
  package func split(at character: Character) -> (before: Pattern, after: Pattern)? {
    guard let index = letters.firstIndex(where: { $0.character == character && !$0.isQuoted }) else { return nil }
    return (Pattern(letters: Array(letters[..<index])), Pattern(letters: Array(letters[(index + 1)...])))
  }

  /// As it is written: a run of quoted letters in quotes.
  package var written: String {
    var result = ""
    var isOpen = false
    for letter in letters {
      if letter.isQuoted != isOpen {
        result.append("\"")
        isOpen = letter.isQuoted
      }
      result.append(letter.character)
    }
    return isOpen ? result + "\"" : result
  }
}
