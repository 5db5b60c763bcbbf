/// A made-up AWS estate of any size, the same for the same size, as the outputs of describe calls.
///
/// The shape is that of a platform with an account and a network for each environment: networks of 2,000 interfaces in twelve subnets,
/// eight networks peered with each other, four network ACLs and some hundred security groups a network. Groups have fourteen rules, half
/// of which name groups; a third restrict what goes out. Each network has a gateway to the internet, a NAT gateway and two machines with
/// public addresses.
struct Estate {
  let endpoints: Int

  static let perNetwork = 2000
  static let peers = 8
  private static let perGroup = 20
  private static let rules = 14
  private static let zones = ["a", "b", "c"]
  private static let tiers = ["public", "app", "database", "management"]
  /// What services listen on, and ranges of other lengths: together some 140 cuts of the ports.
  private static let ports: [(Int, Int)] =
    [
      22, 25, 53, 80, 123, 389, 443, 636, 1433, 1521, 2049, 3306, 3389, 5432, 5671, 6379, 8080, 8443, 9042, 9092, 9200,
      11211, 27017,
    ]
    .map { ($0, $0) } + (0..<60).map { (10_000 + $0 * 250, 10_000 + $0 * 250 + 20 + $0 * 3) }

  /// The networks' sizes: all of them full but the last.
  var networks: [Int] {
    var left = endpoints
    var sizes: [Int] = []
    while left > 0 {
      sizes.append(min(left, Self.perNetwork))
      left -= Self.perNetwork
    }
    return sizes
  }

  /// One file: its path inside the snapshot's folder, and its text.
  struct File {
    var path: String
    var text: String
  }

  /// The files of the accounts, eight networks an account, one account after the other.
  func files(_ body: (File) throws -> Void) rethrows {
    let sizes = networks
    for (account, start) in stride(from: 0, to: sizes.count, by: Self.peers).enumerated() {
      let end = min(start + Self.peers, sizes.count)
      var output = AccountOutput(number: account)
      for network in start..<end {
        add(network, size: sizes[network], peers: Array(start..<end).filter { $0 != network }, to: &output)
      }
      for file in output.files { try body(file) }
    }
  }

  // MARK: One network

  private func add(_ network: Int, size: Int, peers: [Int], to output: inout AccountOutput) {
    var dice = Dice(seed: UInt64(network) &* 7919 &+ UInt64(endpoints))
    let vpc = "vpc-\(network)"
    let block = "10.\(network % Self.peers)"
    output.add(
      "Vpcs",
      #"{"VpcId":"\#(vpc)","CidrBlock":"\#(block).0.0/16","CidrBlockAssociationSet":[{"CidrBlock":"\#(block).0.0/16","CidrBlockState":{"State":"associated"}}]}"#
    )
    output.add(
      "InternetGateways",
      #"{"InternetGatewayId":"igw-\#(network)","Attachments":[{"State":"available","VpcId":"\#(vpc)"}]}"#)
    for (tier, name) in Self.tiers.enumerated() {
      for (zone, letter) in Self.zones.enumerated() {
        let number = tier * Self.zones.count + zone
        output.add(
          "Subnets",
          #"{"SubnetId":"subnet-\#(network)-\#(number)","VpcId":"\#(vpc)","CidrBlock":"\#(block).\#(number * 16).0/20","AvailabilityZone":"us-east-1\#(letter)","Tags":[{"Key":"tier","Value":"\#(name)"}]}"#
        )
      }
    }
    addGateways(network, block, to: &output)
    addTables(network, block, peers, to: &output)
    addLists(network, block, to: &output)
    let groups = max(size / Self.perGroup, 4)
    for group in 0..<groups { addGroup(group, of: groups, network, block, &dice, to: &output) }
    addInterfaces(network, size, groups, block, &dice, to: &output)
  }

  private func addGateways(_ network: Int, _ block: String, to output: inout AccountOutput) {
    output.add(
      "NatGateways",
      #"{"NatGatewayId":"nat-\#(network)","VpcId":"vpc-\#(network)","SubnetId":"subnet-\#(network)-0","State":"available","ConnectivityType":"public","NatGatewayAddresses":[{"PrivateIp":"\#(block).0.5","PublicIp":"\#(Self.publicAddress(network, 0))","NetworkInterfaceId":"eni-nat-\#(network)"}]}"#
    )
  }

  /// Three public addresses a network, none of them in a block that rules name.
  private static func publicAddress(_ network: Int, _ number: Int) -> String {
    let index = network * 3 + number
    return "99.\(index / 62_500).\(index / 250 % 250).\(index % 250 + 1)"
  }

  private func addTables(_ network: Int, _ block: String, _ peers: [Int], to output: inout AccountOutput) {
    for peer in peers where peer > network {
      output.add(
        "VpcPeeringConnections",
        #"{"VpcPeeringConnectionId":"pcx-\#(network)-\#(peer)","Status":{"Code":"active"},"RequesterVpcInfo":{"VpcId":"vpc-\#(network)","CidrBlock":"\#(block).0.0/16","OwnerId":"\#(output.id)"},"AccepterVpcInfo":{"VpcId":"vpc-\#(peer)","CidrBlock":"10.\#(peer % Self.peers).0.0/16","OwnerId":"\#(output.id)"}}"#
      )
    }
    for (tier, name) in Self.tiers.enumerated() {
      var routes = [#"{"DestinationCidrBlock":"\#(block).0.0/16","GatewayId":"local","State":"active"}"#]
      // The management tier sees every network, the others every second.
      for peer in peers where name == "management" || (network + peer) % 2 == 0 {
        let id = "pcx-\(min(network, peer))-\(max(network, peer))"
        routes.append(
          #"{"DestinationCidrBlock":"10.\#(peer % Self.peers).0.0/16","VpcPeeringConnectionId":"\#(id)","State":"active"}"#
        )
      }
      switch name {
      case "public":
        routes.append(#"{"DestinationCidrBlock":"0.0.0.0/0","GatewayId":"igw-\#(network)","State":"active"}"#)
      case "database": break
      default: routes.append(#"{"DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"nat-\#(network)","State":"active"}"#)
      }
      let associations = Self.zones.indices.map {
        #"{"SubnetId":"subnet-\#(network)-\#(tier * Self.zones.count + $0)","Main":false,"AssociationState":{"State":"associated"}}"#
      }
      let main = tier == 0 ? [#"{"Main":true,"AssociationState":{"State":"associated"}}"#] : []
      output.add(
        "RouteTables",
        #"{"RouteTableId":"rtb-\#(network)-\#(tier)","VpcId":"vpc-\#(network)","Routes":[\#(routes.joined(separator: ","))],"Associations":[\#((associations + main).joined(separator: ","))]}"#
      )
    }
  }

  private func addLists(_ network: Int, _ block: String, to output: inout AccountOutput) {
    for (tier, name) in Self.tiers.enumerated() {
      var entries: [String] = []
      for egress in [false, true] {
        var rules: [(Int, String, String, String)] = [
          (90, "deny", "192.0.2.0/24", #","Protocol":"-1""#), (100, "allow", "10.0.0.0/8", #","Protocol":"-1""#),
        ]
        if name != "database" {
          rules.append((110, "allow", "0.0.0.0/0", #","Protocol":"6","PortRange":{"From":1024,"To":65535}"#))
          rules.append(
            (120, "allow", "0.0.0.0/0", #","Protocol":"6","PortRange":{"From":\#(egress ? 80 : 443),"To":443}"#))
        }
        rules.append((32_767, "deny", "0.0.0.0/0", #","Protocol":"-1""#))
        entries += rules.map {
          #"{"RuleNumber":\#($0.0),"Egress":\#(egress),"RuleAction":"\#($0.1)","CidrBlock":"\#($0.2)"\#($0.3)}"#
        }
      }
      let associations = Self.zones.indices.map {
        #"{"SubnetId":"subnet-\#(network)-\#(tier * Self.zones.count + $0)","NetworkAclId":"acl-\#(network)-\#(tier)"}"#
      }
      output.add(
        "NetworkAcls",
        #"{"NetworkAclId":"acl-\#(network)-\#(tier)","VpcId":"vpc-\#(network)","IsDefault":\#(tier == 0),"Entries":[\#(entries.joined(separator: ","))],"Associations":[\#(associations.joined(separator: ","))]}"#
      )
    }
  }

  private func addGroup(
    _ group: Int, of groups: Int, _ network: Int, _ block: String, _ dice: inout Dice, to output: inout AccountOutput
  ) {
    func permission(_ dice: inout Dice) -> String {
      let (from, to) = Self.ports[dice.below(Self.ports.count)]
      return #""IpProtocol":"\#(dice.below(12) == 0 ? "udp" : "tcp")","FromPort":\#(from),"ToPort":\#(to)"#
    }
    func named(_ dice: inout Dice) -> String {
      #"{\#(permission(&dice)),"UserIdGroupPairs":[{"GroupId":"sg-\#(network)-\#(dice.below(groups))"}]}"#
    }
    func ranged(_ dice: inout Dice) -> String {
      let cidr =
        switch dice.below(4) {
        case 0: "\(block).\(dice.below(12) * 16).0/20"
        case 1: "10.\(dice.below(Self.peers)).0.0/16"
        // Some 270 blocks of partners and offices outside.
        case 2: "\(52 + dice.below(9)).\(dice.below(30)).0.0/16"
        default: "10.\(dice.below(Self.peers)).\(dice.below(12) * 16).0/20"
        }
      return #"{\#(permission(&dice)),"IpRanges":[{"CidrIp":"\#(cidr)"}]}"#
    }
    var ingress = (0..<Self.rules).map { $0 % 2 == 0 ? named(&dice) : ranged(&dice) }
    // The first group is that of the machines with public addresses.
    if group == 0 {
      ingress = [#"{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}"#]
    }
    if group == 1 {
      ingress.append(
        #"{"IpProtocol":"tcp","FromPort":8443,"ToPort":8443,"UserIdGroupPairs":[{"GroupId":"sg-\#(network)-0"}]}"#)
    }
    var egress = [#"{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}"#]
    if group > 1, dice.below(3) == 0 { egress = (0..<6).map { $0 % 2 == 0 ? named(&dice) : ranged(&dice) } }
    output.add(
      "SecurityGroups",
      #"{"GroupId":"sg-\#(network)-\#(group)","GroupName":"group-\#(network)-\#(group)","VpcId":"vpc-\#(network)","IpPermissions":[\#(ingress.joined(separator: ","))],"IpPermissionsEgress":[\#(egress.joined(separator: ","))]}"#
    )
  }

  private func addInterfaces(
    _ network: Int, _ size: Int, _ groups: Int, _ block: String, _ dice: inout Dice, to output: inout AccountOutput
  ) {
    for number in 0..<size {
      // Machines come in fleets of alike ones, and each fleet stands in the three zones of one tier.
      let fleet = number / 12
      let tier = fleet % Self.tiers.count
      let subnet = tier * Self.zones.count + number % Self.zones.count
      // A fleet has a group of its own tier and now and then a second one.
      var own = ["sg-\(network)-\(2 + (fleet * 7 + tier) % max(groups - 2, 1))"]
      if fleet % 3 == 0 { own.append("sg-\(network)-\(2 + (fleet * 13) % max(groups - 2, 1))") }
      if fleet == 1 { own = ["sg-\(network)-1"] }
      let isPublic = number < 2
      if isPublic { own = ["sg-\(network)-0"] }
      let address = "\(block).\((isPublic ? number : subnet) * 16 + (number + 16) / 250).\((number + 16) % 250)"
      var association = ""
      if isPublic {
        association =
          #","PrivateIpAddresses":[{"PrivateIpAddress":"\#(address)","Primary":true,"Association":{"PublicIp":"\#(Self.publicAddress(network, number + 1))"}}]"#
      }
      let list = own.map { #"{"GroupId":"\#($0)"}"# }.joined(separator: ",")
      output.add(
        "NetworkInterfaces",
        #"{"NetworkInterfaceId":"eni-\#(network)-\#(number)","VpcId":"vpc-\#(network)","SubnetId":"subnet-\#(network)-\#(isPublic ? number : subnet)","InterfaceType":"interface","SourceDestCheck":true,"Status":"in-use","PrivateIpAddress":"\#(address)"\#(association),"Groups":[\#(list)],"TagSet":[{"Key":"tier","Value":"\#(Self.tiers[tier])"},{"Key":"Name","Value":"machine-\#(network)-\#(number)"}]}"#
      )
    }
  }
}

/// The lists of one account's calls in one region.
private struct AccountOutput {
  let number: Int
  private var lists: [String: [String]] = [:]
  private static let calls = [
    "Vpcs": "describe-vpcs", "Subnets": "describe-subnets", "InternetGateways": "describe-internet-gateways",
    "NatGateways": "describe-nat-gateways", "VpcPeeringConnections": "describe-vpc-peering-connections",
    "RouteTables": "describe-route-tables", "NetworkAcls": "describe-network-acls",
    "SecurityGroups": "describe-security-groups", "NetworkInterfaces": "describe-network-interfaces",
  ]

  init(number: Int) { self.number = number }

  var id: String { String(100_000_000_000 + number) }

  mutating func add(_ list: String, _ object: String) { lists[list, default: []].append(object) }

  var files: [Estate.File] {
    Self.calls.sorted { $0.key < $1.key }.map { list, call in
      Estate.File(
        path: "accounts/\(id)/us-east-1/\(call).json",
        text: "{\"\(list)\":[\n\((lists[list] ?? []).joined(separator: ",\n"))\n]}\n")
    }
  }
}

/// SplitMix64: the same numbers for the same seed on every machine.
struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((value ^ (value >> 31)) % UInt64(bound))
  }
}
