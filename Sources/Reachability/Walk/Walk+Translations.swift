import NetworkModel
import PacketSpace

/// How an attachment rewrites addresses (the walk, sections 4.3 and 4.6).
extension Walk {
  /// The first entry that is for the destination translates it: one to one before what is kept. One that may not be there leaves it to the
  /// next, too.
  mutating func translateInward(
    _ start: WalkState, _ entered: AttachmentID, _ translations: ArraySlice<Translation>, leaving: Leaving?,
    came: Header
  ) -> Outcome {
    var state = start
    guard let translation = translations.first else {
      judgeDue(&state, leaving, came: came)
      return stop(state, .attachment(entered), .noTranslationIn)
    }
    let rest = translations.dropFirst()
    let isFor =
      switch translation.kind {
      case .oneToOne(let inside, let outside):
        compiled.is(outside, state.destination.address) && compiled.mayBe(inside, state.destination.address.family)
      case .keep(let prefix): prefix.contains(state.destination.address.number)
      case .hide: false
      }
    guard isFor else { return translateInward(state, entered, rest, leaving: leaving, came: came) }
    return settle(translation.present) { walk, isThere in
      guard isThere else { return walk.translateInward(start, entered, rest, leaving: leaving, came: came) }
      var state = start
      guard case .oneToOne(let inside, _) = translation.kind else {
        return walk.route(state, entered, leaving: leaving, came: came, undone: false)
      }
      walk.resolveEgress(&state, receiver: nil)
      return walk.eachAddress(of: [inside], family: state.destination.address.family) { walk, address in
        var translated = state
        translated.destination = address
        return walk.route(translated, entered, leaving: leaving, came: came, undone: false)
      }
    }
  }

  /// The first entry that is for the source translates it: one to one, then what hides, then what is kept. One that may not be there leaves
  /// it to the next, too.
  mutating func translateOutward(
    _ state: WalkState, by left: AttachmentID, from entered: AttachmentID, _ translations: ArraySlice<Translation>,
    came: Header
  ) -> Outcome {
    guard let translation = translations.first else { return stop(state, .attachment(left), .noTranslationOut) }
    let rest = translations.dropFirst()
    let isFor =
      switch translation.kind {
      case .oneToOne(let inside, let outside):
        compiled.is(inside, state.source.address) && compiled.mayBe(outside, state.source.address.family)
      case .hide(let prefix, let behind):
        prefix.contains(state.source.address.number) && compiled.mayBe(behind, state.source.address.family)
      case .keep(let prefix): prefix.contains(state.source.address.number)
      }
    guard isFor else { return translateOutward(state, by: left, from: entered, rest, came: came) }
    return settle(translation.present) { walk, isThere in
      guard isThere else { return walk.translateOutward(state, by: left, from: entered, rest, came: came) }
      switch translation.kind {
      case .oneToOne(_, let outside):
        return walk.eachAddress(of: [outside], family: state.source.address.family) { walk, address in
          var translated = state
          walk.rewriteSource(&translated, to: address)
          return walk.depart(translated, by: left, from: entered, came: came)
        }
      case .hide(_, let behind):
        return walk.hide(state, behind: behind) { walk, hidden in
          walk.depart(hidden, by: left, from: entered, came: came)
        }
      case .keep: return walk.depart(state, by: left, from: entered, came: came)
      }
    }
  }

  /// A rewritten source is not the sender's own: its memberships are lost, and it comes from no machine of the sender's.
  private mutating func rewriteSource(_ state: inout WalkState, to address: WayAddress) {
    if state.source.address != address.address { state.bearer = nil }
    state.machine = nil
    state.source = address
  }

  /// Hiding: the source becomes one address, its port one of 1024–65535, the same if it is in range.
  private mutating func hide(
    _ state: WalkState, behind: HeldAddress, _ body: (inout Walk, WalkState) -> Outcome
  ) -> Outcome {
    let mapping = state.mapping
    let outOfRange = compiled.atomsWithLowSourcePort
    let low = mappings.preimage(outOfRange, mapping).intersection(state.domain)
    return eachAddress(of: [behind], family: state.source.address.family) { walk, address in
      var result = Outcome.nothing
      var kept = state
      walk.rewriteSource(&kept, to: address)
      kept.keep(only: state.domain.subtracting(low))
      if !kept.domain.isEmpty { result.formUnion(body(&walk, kept)) }
      guard !low.isEmpty else { return result }
      let compiled = walk.compiled
      let moved = walk.choose(compiled.hidingPorts) { walk, port in
        var hidden = state
        walk.rewriteSource(&hidden, to: address)
        hidden.keep(only: low)
        hidden.mapping = walk.mappings.hiding(mapping, behind: port, atoms: compiled.atoms)
        return body(&walk, hidden)
      }
      result.formUnion(moved)
      return result
    }
  }
}

extension [Translation] {
  /// Those that may be there: one to one, then what hides, then what is kept.
  var inOrder: [Translation] {
    func rank(_ translation: Translation) -> Int {
      switch translation.kind {
      case .oneToOne: 0
      case .hide: 1
      case .keep: 2
      }
    }
    let there = filter { $0.present != .no }
    return (0...2).flatMap { number in there.filter { rank($0) == number } }
  }
}
