import AWSNetwork
import NetworkModel
import PacketSpace
import Testing

@Suite struct IdentityTests {
  private func keys(_ estate: Estate) -> [String] { estate.built().network.endpoints.map(\.host) }

  @Test func `a key holds a name, and a generated id only where nothing else names the thing`() {
    var estate = Estate.twoSubnets()
    estate.instance("i-1", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.instance("i-2", in: "subnet-a", "10.0.1.11", groups: ["sg-open"])
    estate.records.instances[0].header.tags["Name"] = "web"
    #expect(keys(estate) == ["111111111111/eu-west-1/web", "111111111111/eu-west-1/i-2"])
  }

  @Test func `two hosts of one name have two keys, whatever they are`() {
    var estate = Estate.twoSubnets()
    estate.instance("i-1", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.instance("i-2", in: "subnet-a", "10.0.1.11", groups: ["sg-open"])
    estate.database("db-1", in: "subnet-b", groups: ["sg-open"])
    for index in 0...1 { estate.records.instances[index].header.tags["Name"] = "web" }
    estate.records.services[0].header.tags["Name"] = "web"
    #expect(Set(keys(estate)).count == 3)
  }

  @Test func `one stack name in two accounts is two stacks`() {
    var estate = Estate()
    for account in ["111111111111", "222222222222"] {
      estate.stack = "app"
      estate.account = account
      estate.vpc("app/Vpc", "10.0.0.0/16")
      estate.subnet("app/A", in: "app/Vpc", "10.0.1.0/24")
      estate.group("app/Group", in: "app/Vpc", ingress: Estate.all)
      estate.instance("app/Web", in: "app/A", "10.0.1.10", groups: ["app/Group"])
    }
    let built = estate.built()
    #expect(built.network.segments.count == 2)
    #expect(Set(built.network.endpoints.map(\.host)).count == 2)
    #expect(Set(built.network.endpoints.map { $0.placements[0].segment }).count == 2)
    #expect(Set(built.network.endpoints.map { $0.placements[0].memberships.keys.sorted() }).count == 2)
  }

  @Test func `the interfaces of an instance share its host, and the primary one bears its key`() {
    var estate = Estate.twoSubnets()
    estate.instance("i-1", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.interface("eni-second", in: "subnet-b", ["10.0.2.10"], groups: ["sg-web"], instance: "i-1")
    estate.records.interfaces[0].deviceIndex = 1
    let built = estate.built()
    #expect(Set(built.network.endpoints.map(\.host)).count == 1)
    let primary = built.network.endpoints.first { $0.identity.key == $0.host }
    #expect(primary?.identity.aliases.contains { $0.text == "eni-second" } == true)
  }

  @Test func `a thing is found by its id, name, ARN and logical id`() {
    var estate = Estate.twoSubnets()
    estate.instance("i-1", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.records.instances[0].header.tags["Name"] = "web"
    estate.records.instances[0].header.aliases = [Identity.Alias(.arn, "arn:aws:ec2:::instance/i-1")]
    let built = estate.built()
    for name in ["i-1", "web", "arn:aws:ec2:::instance/i-1", "eni-i-1"] {
      #expect(built.endpoints(name).count == 1, "\(name)")
    }
  }

  @Test func `selectors find a host by its place, groups and tags`() {
    var estate = Estate.twoSubnets()
    estate.instance("i-1", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.records.instances[0].header.tags = ["tier": "web", "Environment": "prod"]
    estate.records.subnets[0].header.tags["Name"] = "public-a"
    let values = estate.built().endpoint("i-1")?.attributes.values ?? [:]
    #expect(values[.kind] == ["instance"])
    #expect(values[.env] == ["prod"])
    #expect(values[.account] == ["111111111111"])
    #expect(values[.region] == ["eu-west-1"])
    #expect(values[.az] == ["euw1-az1"])
    #expect(values[.vpc]?.contains("vpc-1") == true)
    #expect(values[.subnet]?.contains("public-a") == true && values[.subnet]?.contains("subnet-a") == true)
    #expect(values[.sg]?.contains("sg-open") == true)
  }

  @Test func `tags that are not all known leave selectors by tag open`() {
    var estate = Estate.twoSubnets()
    estate.instance("i-1", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.records.instances[0].header.tagsMissing = Missing("the parameter Tags has no value")
    let attributes = estate.built().endpoint("i-1")?.attributes
    #expect(attributes?.tagsOpen != nil)
    #expect(attributes?.unknownKeys[.env] != nil)
  }

  @Test func `the same records give the same network`() {
    func text() -> String {
      var estate = Estate.twoSubnets()
      for number in 1...9 {
        estate.instance("i-\(number)", in: "subnet-a", "10.0.1.\(number)", groups: ["sg-open", "sg-web"])
      }
      estate.database("db-1", in: "subnet-a", "subnet-b", groups: ["sg-web"])
      estate.fleet("asg", in: "subnet-a", "subnet-b", groups: ["sg-web"])
      let network = estate.built().network
      return
        "\(network.endpoints.map(\.identity)) \(network.attachments.map(\.identity)) \(network.layers.map(\.identity))"
    }
    #expect(text() == text())
  }
}
