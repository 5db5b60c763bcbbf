/// Sets of small numbers, each distinct one kept once: two are equal exactly if their identifiers are.
///
/// A set is a binary tree over words of 64 numbers whose nodes are shared and never change, so that adding or removing a number makes
/// at most O(log *n*) new nodes. Unlike a hash of the members, an identifier never takes two sets for one: that would join two classes
/// and could prove what is not so.
struct Signatures {
  /// The empty set, and the empty subtree at every height.
  static let empty: Int32 = 0

  private struct Pair: Hashable {
    var low: Int32
    var high: Int32
  }

  /// The steps from a root to a word.
  private let height: Int
  private var words: [UInt64] = [0]
  private var wordNumbers: [UInt64: Int32] = [0: empty]
  private var nodes = [Pair(low: empty, high: empty)]
  private var nodeNumbers = [Pair(low: empty, high: empty): empty]

  /// - Parameter capacity: one more than the highest number.
  init(capacity: Int) {
    var height = 0
    while capacity > 64 << height { height += 1 }
    self.height = height
  }

  /// The set with the number added if it lacks it, and without it if it has it. O(log *capacity*).
  mutating func toggling(_ number: Int, in root: Int32) -> Int32 { toggling(number, in: root, height: height) }

  private mutating func toggling(_ number: Int, in root: Int32, height: Int) -> Int32 {
    if height == 0 { return wordNumber(words[Int(root)] ^ 1 << UInt64(number & 63)) }
    var pair = nodes[Int(root)]
    if number >> (5 + height) & 1 == 0 {
      pair.low = toggling(number, in: pair.low, height: height - 1)
    } else {
      pair.high = toggling(number, in: pair.high, height: height - 1)
    }
    return nodeNumber(pair)
  }

  private mutating func wordNumber(_ word: UInt64) -> Int32 {
    if let known = wordNumbers[word] { return known }
    let number = Int32(words.count)
    words.append(word)
    wordNumbers[word] = number
    return number
  }

  private mutating func nodeNumber(_ pair: Pair) -> Int32 {
    if let known = nodeNumbers[pair] { return known }
    let number = Int32(nodes.count)
    nodes.append(pair)
    nodeNumbers[pair] = number
    return number
  }
}
