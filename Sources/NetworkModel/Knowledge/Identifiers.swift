/// An index into one of the network's lists, typed by what it points at.
package struct Identifier<Subject>: Hashable, Comparable, Sendable {
  package let index: Int32

  package init(_ index: Int) { self.index = Int32(index) }

  /// The index as the list wants it.
  package var offset: Int { Int(index) }

  package static func < (left: Self, right: Self) -> Bool { left.index < right.index }
}

package typealias SegmentID = Identifier<Segment>
package typealias EndpointID = Identifier<Endpoint>
package typealias MembershipID = Identifier<Membership>
package typealias FilterID = Identifier<Filter>
package typealias LayerID = Identifier<Layer>
package typealias RouterID = Identifier<Router>
package typealias AttachmentID = Identifier<Attachment>
package typealias RouteTableID = Identifier<RouteTable>
package typealias RelayID = Identifier<Relay>
package typealias ZoneID = Identifier<Zone>
package typealias UnknownID = Identifier<Unknown>
package typealias UnknownAddressID = Identifier<UnknownAddress>
package typealias AssumptionID = Identifier<Assumption>
package typealias MachineID = Identifier<Machine>
