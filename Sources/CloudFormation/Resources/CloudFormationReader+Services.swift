import AWSNetwork
import NetworkModel
import PacketSpace

/// Load balancers, databases and caches.
extension CloudFormationReader {
  mutating func loadBalancer(_ resource: StackResource) {
    var subnets = resource.references("Subnets")
    var fixed: [String: Attribute<IPAddress>] = [:]
    for mapping in resource["SubnetMappings"].elements {
      let subnet = mapping["SubnetId"].reference
      subnets.append(subnet)
      if let reference = subnet.value, !mapping["AllocationId"].isNothing {
        fixed[reference.text] = .unknown(
          Missing(
            "the Elastic IP of \(resource.logicalID) is known only after deployment", derivation: mapping.derivation))
      }
    }
    let type: Attribute<String> =
      resource["Type"].isNothing ? .known("application", resource.derivation) : resource["Type"].text
    let scheme: Attribute<Bool> =
      resource["Scheme"].isNothing
      ? .known(true, resource.derivation) : resource["Scheme"].text.map { $0 == "internet-facing" }
    var crossZone: Attribute<Bool> = .absent
    for attribute in resource["LoadBalancerAttributes"].elements
    where attribute["Key"].text.value == "load_balancing.cross_zone.enabled" {
      crossZone = attribute["Value"].bool
    }
    records.loadBalancers.append(
      LoadBalancerRecord(
        header: resource.header(named: "Name"), type: type, isInternetFacing: scheme, subnets: subnets,
        groups: resource.references("SecurityGroups"), hasGroups: !resource["SecurityGroups"].isNothing,
        fixedAddresses: fixed, crossZone: crossZone,
        hasIPv6: resource["IpAddressType"].text.value?.hasPrefix("dualstack") == true))
  }

  private func actions(_ list: TemplateValue) -> [ListenerRecord.Action] {
    list.elements.map { action in
      switch action["Type"].text.value {
      case "forward":
        var groups = action["ForwardConfig"]["TargetGroups"].elements.map { $0["TargetGroupArn"].reference }
        if groups.isEmpty { groups = [action["TargetGroupArn"].reference] }
        return .forward(groups)
      case "redirect": return .redirect(protocol: action["RedirectConfig"]["Protocol"].text.value)
      default: return .other(action["Type"].text.value ?? "")
      }
    }
  }

  mutating func listener(_ resource: StackResource) {
    records.listeners.append(
      ListenerRecord(
        header: resource.header(), loadBalancer: resource["LoadBalancerArn"].reference, port: resource["Port"].integer,
        protocol: resource["Protocol"].text, policy: resource["SslPolicy"].text,
        actions: actions(resource["DefaultActions"])))
  }

  mutating func listenerRule(_ resource: StackResource) {
    records.listenerRules.append(
      ListenerRuleRecord(
        header: resource.header(), listener: resource["ListenerArn"].reference, actions: actions(resource["Actions"])))
  }

  mutating func targetGroup(_ resource: StackResource) {
    var keeps: Attribute<Bool> = .absent
    for attribute in resource["TargetGroupAttributes"].elements
    where attribute["Key"].text.value == "preserve_client_ip.enabled" {
      keeps = attribute["Value"].bool
    }
    var group = TargetGroupRecord(
      header: resource.header(named: "Name"), vpc: resource["VpcId"].reference,
      targetType: resource["TargetType"].isNothing ? .known("instance", .none) : resource["TargetType"].text,
      protocol: resource["Protocol"].text, port: resource["Port"].integer, keepsClient: keeps)
    for target in resource["Targets"].elements {
      let identity: Attribute<TargetGroupRecord.Registration.Target>
      switch target["Id"].reference {
      case .known(let reference, let derivation):
        identity = .known(
          IPAddress(reference.text).map { .address($0) } ?? .resource(reference), derivation)
      case .unknown(let missing): identity = .unknown(missing)
      case .absent: identity = .absent
      }
      group.targets.append(
        TargetGroupRecord.Registration(
          target: identity, port: target["Port"].integer, derivation: target["Id"].derivation))
    }
    records.targetGroups.append(group)
  }

  // MARK: Databases

  mutating func databaseCluster(_ resource: StackResource) {
    clusterGroups[resource.reference.text] = DatabaseCluster(
      subnetGroup: resource["DBSubnetGroupName"].reference, groups: resource.references("VpcSecurityGroupIds"),
      parameterGroups: resource["DBClusterParameterGroupName"].isNothing
        ? [] : [resource["DBClusterParameterGroupName"].reference], port: resource["Port"].integer,
      engine: resource["Engine"].text, engineVersion: resource["EngineVersion"].text)
    // An Aurora cluster's endpoints are its instances; a Multi-AZ cluster without instances of its own stands for itself.
    if !resource["DBClusterInstanceClass"].isNothing {
      records.services.append(
        ManagedServiceRecord(
          header: resource.header(named: "DBClusterIdentifier"), kind: "rds",
          subnetGroup: resource["DBSubnetGroupName"].reference, isMultiZone: true,
          groups: resource.references("VpcSecurityGroupIds"), port: resource["Port"].integer,
          isPublic: resource["PubliclyAccessible"].bool, engine: resource["Engine"].text,
          engineVersion: resource["EngineVersion"].text,
          parameterGroups: resource["DBClusterParameterGroupName"].isNothing
            ? [] : [resource["DBClusterParameterGroupName"].reference]))
    }
  }

  mutating func database(_ resource: StackResource) {
    var groups = resource.references("VPCSecurityGroups")
    var subnetGroup = resource["DBSubnetGroupName"].reference
    var engine = resource["Engine"].text
    var version = resource["EngineVersion"].text
    var port = resource["Port"].integer
    var parameters = resource["DBParameterGroupName"].isNothing ? [] : [resource["DBParameterGroupName"].reference]
    if let reference = resource["DBClusterIdentifier"].reference.value, let cluster = clusterGroups[reference.text] {
      if groups.isEmpty { groups = cluster.groups }
      if subnetGroup.isAbsent { subnetGroup = cluster.subnetGroup }
      if engine.isAbsent { engine = cluster.engine }
      if version.isAbsent { version = cluster.engineVersion }
      if port.isAbsent { port = cluster.port }
      parameters += cluster.parameterGroups
    }
    // A replica takes from its source what it does not say.
    if let reference = resource["SourceDBInstanceIdentifier"].reference.value,
      let source = records.services.first(where: { $0.header.id == reference.text })
    {
      if subnetGroup.isAbsent { subnetGroup = source.subnetGroup }
      if engine.isAbsent { engine = source.engine }
      if version.isAbsent { version = source.engineVersion }
      if port.isAbsent { port = source.port }
      if parameters.isEmpty { parameters = source.parameterGroups }
      if groups.isEmpty { groups = source.groups }
    }
    records.services.append(
      ManagedServiceRecord(
        header: resource.header(named: "DBInstanceIdentifier"), kind: "rds", subnetGroup: subnetGroup,
        zone: resource["AvailabilityZone"].text, isMultiZone: resource["MultiAZ"].bool.value == true, groups: groups,
        port: port, isPublic: resource["PubliclyAccessible"].bool, engine: engine, engineVersion: version,
        parameterGroups: parameters))
  }

  mutating func parameterGroup(_ resource: StackResource) {
    var parameters: [String: Attribute<String>] = [:]
    if case .map(let pairs, _) = resource["Parameters"] {
      for (key, value) in pairs { parameters[key] = value.text }
    }
    records.parameterGroups.append(
      ParameterGroupRecord(
        header: resource.header(named: "DBParameterGroupName"), family: resource["Family"].text, parameters: parameters)
    )
  }

  mutating func cache(_ resource: StackResource) {
    let isGroup = resource.type.hasSuffix("ReplicationGroup")
    var groups = resource.references(isGroup ? "SecurityGroupIds" : "VpcSecurityGroupIds")
    if groups.isEmpty { groups = resource.references("CacheSecurityGroupNames") }
    let engine: Attribute<String> =
      resource["Engine"].isNothing ? .known("redis", resource.derivation) : resource["Engine"].text
    records.services.append(
      ManagedServiceRecord(
        header: resource.header(named: isGroup ? "ReplicationGroupId" : "ClusterName"), kind: "elasticache",
        subnetGroup: resource["CacheSubnetGroupName"].reference, isMultiZone: true, groups: groups,
        port: resource["Port"].integer, isPublic: .known(false, .none), engine: engine,
        engineVersion: resource["EngineVersion"].text, transitEncryption: resource["TransitEncryptionEnabled"].bool,
        transitEncryptionMode: resource["TransitEncryptionMode"].text))
  }
}
