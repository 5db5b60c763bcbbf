import Diagnostics
import AWSNetwork
import Documents
import NetworkModel
import PacketSpace

/// Values of expressions: what the functions of templates do (CloudFormation User Guide, "Intrinsic function reference").
extension Stack {
  func evaluate(_ node: Node) -> TemplateValue {
    within(node.range, otherwise: { .unknown($0) }) { value(of: node) }
  }

  private func value(of node: Node) -> TemplateValue {
    let here = Derivation(node.range)
    if let call = IntrinsicCall(node) { return self.call(call, at: here) }
    switch node.kind {
    case .sequence: return .list(node.elements.map { evaluate($0) }, here)
    case .mapping:
      return .map(node.pairs.map { ($0.key.text ?? "", evaluate($0.value)) }, here)
    case .null: return .nothing
    case .bool:
      // Only true and false are booleans to CloudFormation; `N` is a letter.
      let word = node.text ?? ""
      return .text(["true", "false"].contains(word.lowercased()) ? word.lowercased() : word, here)
    default: return .text(node.text ?? "", here)
    }
  }

  private func call(_ call: IntrinsicCall, at here: Derivation) -> TemplateValue {
    let argument = call.argument
    /// The arguments of a list, each evaluated; the tag of the list is the call itself.
    func arguments() -> [TemplateValue] { argument.elements.map { evaluate($0) } }
    switch call.name {
    case "Ref": return ref(argument.text ?? "", at: here)
    case "Fn::GetAtt":
      var parts = argument.kind == .sequence ? argument.elements.compactMap(\.text) : [argument.text ?? ""]
      if parts.count == 1 { parts = parts[0].split(separator: ".", maxSplits: 1).map(String.init) }
      guard parts.count == 2 else {
        return .unknown(Missing("GetAtt needs a resource and an attribute", derivation: here))
      }
      return attribute(parts[1], of: parts[0], at: here)
    case "Fn::Sub": return substitute(argument, at: here)
    case "Fn::Join":
      let parts = arguments()
      guard parts.count == 2 else { break }
      return join(parts[1].elements, separator: parts[0].text.value ?? "", at: here)
    case "Fn::Select":
      let parts = arguments()
      guard parts.count == 2 else { break }
      if case .unknown(let missing) = parts[1] { return .unknown(missing) }
      guard let index = parts[0].integer.value, parts[1].elements.indices.contains(index) else {
        return .unknown(Missing("Select finds no such element", derivation: here))
      }
      return parts[1].elements[index].used(at: here)
    case "Fn::Split":
      let parts = arguments()
      guard parts.count == 2 else { break }
      if let missing = parts[1].text.missing { return .unknown(missing) }
      guard let separator = parts[0].text.value, let text = parts[1].text.value, !separator.isEmpty else { break }
      guard afford(text.utf8.count, at: here) else { return .unknown(spent(here)) }
      let derivation = here.followed(by: parts[1].derivation)
      return .list(split(text, separator).map { .text($0, derivation) }, here)
    case "Fn::If":
      let parts = Array(argument.elements)
      guard parts.count == 3, let name = parts[0].text else { break }
      switch condition(name, at: parts[0].range) {
      case .known(let value, _): return evaluate(parts[value ? 1 : 2])
      case .unknown(let missing): return .unknown(missing)
      case .absent: break
      }
    case "Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not", "Condition":
      return .unknown(Missing("a condition stands where a value should", derivation: here))
    case "Fn::FindInMap":
      let parts = arguments()
      guard parts.count >= 3 else { break }
      for part in parts.prefix(3) { if let missing = part.text.missing { return .unknown(missing) } }
      let found = parts.prefix(3).reduce(root["Mappings"]) { node, part in
        node.flatMap { entry(part.text.value ?? "", of: $0) }
      }
      guard let found else {
        if parts.count == 4, !parts[3]["DefaultValue"].isNothing { return parts[3]["DefaultValue"] }
        return .unknown(Missing("FindInMap finds no such entry", derivation: here))
      }
      return evaluate(found).used(at: here)
    case "Fn::GetAZs":
      let region = only(call)
      let name = region.text.value.flatMap { $0.isEmpty ? nil : $0 } ?? input.region
      // The names of a region's zones are not in the template; how they follow one another is all that counts.
      let prefix = name ?? "zone-"
      return .list(["a", "b", "c", "d", "e", "f"].map { .text(prefix + $0, here) }, here)
    case "Fn::Cidr": return cidr(arguments(), at: here)
    case "Fn::ImportValue":
      let name = only(call)
      guard let text = name.text.value else {
        return .unknown(name.text.missing ?? Missing("the name of the import is not known", derivation: here))
      }
      return stacks.imported(text, by: self, at: here)
    case "Fn::Base64":
      return .unknown(Missing("encoded text is not looked into", derivation: here))
    default: break
    }
    return .unknown(Missing("\(call.name) is not understood here", derivation: here))
  }

  /// The one argument of a call. That of a short form is the tagged node itself, without its tag.
  private func only(_ call: IntrinsicCall) -> TemplateValue {
    let node = call.argument
    guard call.isShort else { return evaluate(node) }
    // `!ImportValue {Fn::Sub: …}`: a mapping under the tag is a call by itself.
    if node.kind == .mapping, node.count == 1, let pair = node.pairs.first, let key = pair.key.text,
      key.hasPrefix("Fn::") || key == "Ref"
    {
      return self.call(IntrinsicCall(name: key, argument: pair.value), at: Derivation(node.range))
    }
    return .text(node.text ?? "", Derivation(node.range))
  }

  private func ref(_ name: String, at here: Derivation) -> TemplateValue {
    if let parameter = parameters[name] {
      guard afford(parameter.elements.count, at: here) else { return .unknown(spent(here)) }
      return parameter.used(at: here)
    }
    switch name {
    case "AWS::NoValue": return .nothing
    case "AWS::Region":
      return input.region.map { .text($0, here) }
        ?? .unknown(Missing("the region of \(input.name) is not said", derivation: here))
    case "AWS::AccountId":
      return input.account.map { .text($0, here) }
        ?? .unknown(Missing("the account of \(input.name) is not said", derivation: here))
    case "AWS::StackName": return .text(input.name, here)
    case "AWS::Partition": return .text("aws", here)
    case "AWS::URLSuffix": return .text("amazonaws.com", here)
    case "AWS::StackId", "AWS::NotificationARNs":
      return .unknown(Missing("\(name) is known only after deployment", derivation: here))
    default: break
    }
    if resource(name) != nil { return .resource(reference(name), here) }
    if let range = here.primary {
      complain("TP0303", "nothing in the template is called `\(name)`", range, "neither a parameter nor a resource")
    }
    return .unknown(Missing("nothing in the template is called \(name)", derivation: here))
  }

  private func attribute(_ attribute: String, of name: String, at here: Derivation) -> TemplateValue {
    guard let node = resource(name) else {
      if let range = here.primary {
        complain("TP0303", "nothing in the template is called `\(name)`", range, "no resource of that name")
      }
      return .unknown(Missing("nothing in the template is called \(name)", derivation: here))
    }
    let type = node["Type"]?.text ?? ""
    switch attribute {
    case "CidrBlock":
      guard let block = node["Properties"]?["CidrBlock"] else { break }
      return evaluate(block).used(at: here)
    case "DefaultSecurityGroup", "ClusterSecurityGroupId", "DefaultNetworkAcl":
      return .resource(Reference("\(input.name)/\(name)#\(attribute)"), here)
    case "Ipv6CidrBlocks":
      guard afford((resources?.count ?? 0) / 8, at: here) else { return .unknown(spent(here)) }
      return .list(ipv6Blocks(of: name).map { $0.used(at: here) }, here)
    case "VpcId":
      if let vpc = node["Properties"]?["VpcId"] { return evaluate(vpc).used(at: here) }
      return .resource(reference(name), here)
    case "AvailabilityZone":
      if let zone = node["Properties"]?["AvailabilityZone"] { return evaluate(zone).used(at: here) }
    case "PrivateIp", "PrivateIpAddress", "PrimaryPrivateIpAddress":
      if let address = node["Properties"]?["PrivateIpAddress"] {
        return evaluate(address).used(at: here)
      }
      if type == "AWS::EC2::Instance" || type == "AWS::EC2::NetworkInterface" {
        // An address that is known only after deployment still names what has it.
        return .resource(reference(name), here)
      }
    default: break
    }
    if attribute.hasSuffix("Id") || attribute.hasSuffix("Arn") || attribute == "Name"
      || attribute == "LatestVersionNumber"
    {
      return .resource(reference(name), here)
    }
    return .unknown(Missing("\(name).\(attribute) is known only after deployment", derivation: here))
  }

  /// The IPv6 blocks that a VPC is given. One that Amazon provides is not known, so a block of the documentation's own range stands for it.
  func ipv6Blocks(of name: String) -> [TemplateValue] {
    var blocks: [TemplateValue] = []
    for pair in resources.map({ Array($0) }) ?? [] where pair.value["Type"]?.text == "AWS::EC2::VPCCidrBlock" {
      guard let properties = pair.value["Properties"], let vpc = properties["VpcId"],
        case .known(let owner, _) = evaluate(vpc).reference, owner == reference(name)
      else { continue }
      if let block = properties["Ipv6CidrBlock"] {
        blocks.append(evaluate(block))
      } else if properties["AmazonProvidedIpv6CidrBlock"].map({ evaluate($0).bool.value == true })
        ?? false
      {
        let key = "\(input.account ?? "")/\(input.region ?? "")/\(input.name)/\(name)"
        blocks.append(.text(StandInBlock.block(for: key).description, Derivation(pair.key.range)))
      }
    }
    return blocks
  }

  private func substitute(_ argument: Node, at here: Derivation) -> TemplateValue {
    var text = argument.text ?? ""
    var variables: [String: TemplateValue] = [:]
    if argument.kind == .sequence, let first = argument.elements.first {
      text = first.text ?? ""
      for pair in argument.elements.dropFirst().first.map({ Array($0.pairs) }) ?? [] {
        variables[pair.key.text ?? ""] = evaluate(pair.value)
      }
    }
    var parts: [TemplateValue] = []
    var rest = text[...]
    while let open = rest.firstRange(of: "${") {
      if open.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<open.lowerBound]), here)) }
      guard let close = rest[open.upperBound...].firstIndex(of: "}") else { break }
      let name = Stack.trimmed(rest[open.upperBound..<close])
      rest = rest[rest.index(after: close)...]
      if name.hasPrefix("!") {
        parts.append(.text("${" + name.dropFirst() + "}", here))
      } else if let variable = variables[name] {
        parts.append(variable)
      } else if name.contains("."), resource(String(name.prefix { $0 != "." })) != nil {
        let split = name.split(separator: ".", maxSplits: 1).map(String.init)
        parts.append(attribute(split[1], of: split[0], at: here))
      } else {
        parts.append(ref(name, at: here))
      }
      guard afford(1, at: here) else { return .unknown(spent(here)) }
    }
    if !rest.isEmpty { parts.append(.text(String(rest), here)) }
    return join(parts, separator: "", at: here)
  }

  private func join(_ parts: [TemplateValue], separator: String, at here: Derivation) -> TemplateValue {
    // What is put together of one part only is that part, a resource too.
    if parts.count == 1, case .resource = parts[0] { return parts[0].used(at: here) }
    var text = ""
    var derivation = here
    for (index, part) in parts.enumerated() {
      if case .nothing = part { continue }
      guard let value = part.text.value else {
        return .unknown(part.text.missing ?? Missing("a part of the text is not known", derivation: here))
      }
      if index > 0 { text += separator }
      text += value
      guard afford((separator.utf8.count + value.utf8.count) / 64 + 1, at: here) else { return .unknown(spent(here)) }
      derivation = derivation.followed(by: part.derivation)
      if text.utf8.count > limits.expressionBytes { return .unknown(tooLong(here)) }
    }
    return .text(text, derivation)
  }

  private func split(_ text: String, _ separator: String) -> [String] {
    var parts: [String] = []
    var rest = text[...]
    while let found = rest.firstRange(of: separator) {
      parts.append(String(rest[..<found.lowerBound]))
      rest = rest[found.upperBound...]
    }
    parts.append(String(rest))
    return parts
  }

  private func cidr(_ parts: [TemplateValue], at here: Derivation) -> TemplateValue {
    guard parts.count >= 2 else { return .unknown(Missing("Cidr needs a block and a count", derivation: here)) }
    for part in parts { if let missing = part.text.missing { return .unknown(missing) } }
    guard let block = parts[0].text.value.flatMap({ IPPrefix($0) }), let count = parts[1].integer.value,
      (1...256).contains(count)
    else { return .unknown(Missing("Cidr needs a block and a count of 1 to 256", derivation: here)) }
    let bits = parts.count > 2 ? parts[2].integer.value ?? 8 : 8
    guard (0...block.family.bitWidth - block.length).contains(bits), afford(count, at: here) else {
      return .unknown(Missing("Cidr cannot cut blocks of that size", derivation: here))
    }
    let length = block.family.bitWidth - bits
    let available = length - block.length
    guard available >= 63 || count <= 1 << available else {
      return .unknown(Missing("Cidr cannot cut so many blocks", derivation: here))
    }
    let step = UInt128(1) << UInt128(bits)
    return .list(
      (0..<count).map { number in
        let address = IPAddress(family: block.family, value: block.address.value + UInt128(number) * step)
        return .text(IPPrefix(address, length: length).description, here.followed(by: parts[0].derivation))
      }, here)
  }
}

/// A block that stands for one that is given only on deployment: from the documentation's range, so that it is nobody's.
enum StandInBlock {
  static func block(for key: String) -> IPPrefix {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    // 3fff::/20 leaves 36 bits for /56 blocks.
    let value = UInt128(0x3fff) << 112 | UInt128(hash & 0xF_FFFF_FFFF) << 72
    return IPPrefix(IPAddress(family: .v6, value: value), length: 56)
  }
}

extension IntrinsicCall {
  init(name: String, argument: Node) {
    self.name = name
    self.argument = argument
  }
}
