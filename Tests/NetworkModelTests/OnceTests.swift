import Dispatch
import NetworkModel
import Synchronization
import Testing

@Suite struct OnceTests {
  @Test func `is made when first asked for, and once, however many ask`() {
    let made = Counter()
    let once = Once { made.next() }
    #expect(made.count == 0)
    let seen = Mutex<Set<Int>>([])
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      let value = once.value
      _ = seen.withLock { $0.insert(value) }
    }
    #expect(seen.withLock { $0 } == [1])
    #expect(made.count == 1)
  }

  private final class Counter: Sendable {
    private let number = Mutex(0)
    var count: Int { number.withLock { $0 } }

    func next() -> Int {
      number.withLock {
        $0 += 1
        return $0
      }
    }
  }
}
