package import ReferenceInterpreter

extension WalkQuestion {
  package init(_ posed: PosedQuestion) {
    self.init(
      origin: posed.origin, packet: posed.packet, asked: posed.asked, target: posed.target,
      askedPlacement: posed.askedPlacement)
  }
}
