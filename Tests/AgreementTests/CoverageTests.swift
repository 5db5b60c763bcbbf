import Agreement
import TestSupport
import Testing

/// A construct that random networks never have is not tested by them. Whether each of them decides an answer takes thousands of networks:
/// `make soak KIND=coverage` tells.
@Suite struct `Random networks` {
  @Test func `have everything that a model can say`() {
    let coverage = Coverage(Seeds.range(1...300), enough: 0)
    let missing = coverage.counts.filter { $0.value.networks == 0 }.map(\.key)
    #expect(missing.sorted() == [])
    #expect(coverage.counts.count > 100)
  }
}
