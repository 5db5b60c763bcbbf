/// What a person may have meant by a word that is none of those expected.
package enum Spelling {
  /// The expected word that is fewest edits away, if it is near enough to be meant; the first of several.
  ///
  /// Near enough is one edit for every three letters, and one at least. An edit is a letter put in, left out, changed, or
  /// swapped with its neighbour.
  package static func nearest(to word: String, among expected: some Sequence<String>) -> String? {
    let letters = Array(word.lowercased().unicodeScalars)
    // Longer words are no slip of the finger, and the table below grows with their square.
    guard letters.count <= 200 else { return nil }
    var nearest: (word: String, edits: Int)?
    for candidate in expected {
      let edits = distance(letters, Array(candidate.lowercased().unicodeScalars))
      if edits < nearest?.edits ?? .max { nearest = (candidate, edits) }
    }
    guard let nearest, nearest.edits <= max(1, letters.count / 3) else { return nil }
    return nearest.word
  }

  /// The number of edits between two words (Damerau and Levenshtein, each part of a word edited once).
  private static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...other.count)
    for i in one.indices {
      var row = [i + 1]
      for j in other.indices {
        var edits = min(last[j + 1] + 1, row[j] + 1, last[j] + (one[i] == other[j] ? 0 : 1))
        if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] { edits = min(edits, beforeLast[j - 1] + 1) }
        row.append(edits)
      }
      beforeLast = last
      last = row
    }
    return last[other.count]
  }
}
