import AWSNetwork
import NetworkModel

extension CloudFormationReader {
  /// Resources that others take values from.
  mutating func readFoundations(_ resource: StackResource) {
    switch resource.type {
    case "AWS::EC2::LaunchTemplate": launchTemplate(resource)
    case "AWS::AutoScaling::LaunchConfiguration":
      launchTemplates[resource.reference.text] = LaunchData(
        groups: resource.references("SecurityGroups"),
        assignsPublicAddress: resource["AssociatePublicIpAddress"].bool, tags: [:])
    case "AWS::RDS::DBCluster": databaseCluster(resource)
    case "AWS::EC2::SecurityGroup": securityGroup(resource)
    case "AWS::EC2::Subnet": subnet(resource)
    case "AWS::EC2::EIP": elasticAddress(resource)
    default: break
    }
  }

  mutating func read(_ resource: StackResource) {
    switch resource.type {
    case "AWS::EC2::VPC": vpc(resource)
    case "AWS::EC2::VPCCidrBlock": vpcBlock(resource)
    case "AWS::EC2::InternetGateway":
      records.internetGateways.append(InternetGatewayRecord(header: resource.header(), vpcs: []))
    case "AWS::EC2::EgressOnlyInternetGateway":
      records.internetGateways.append(
        InternetGatewayRecord(header: resource.header(), vpcs: [resource["VpcId"].reference], isEgressOnly: true))
    case "AWS::EC2::VPCGatewayAttachment": gatewayAttachment(resource)
    case "AWS::EC2::NatGateway": nat(resource)
    case "AWS::EC2::VPCPeeringConnection": peering(resource)
    case "AWS::EC2::RouteTable":
      records.routeTables.append(RouteTableRecord(header: resource.header(), vpc: resource["VpcId"].reference))
    case "AWS::EC2::Route": route(resource)
    case "AWS::EC2::SubnetRouteTableAssociation":
      part(resource, owner: "RouteTableId", .tableSubnet(resource["SubnetId"].reference))
    case "AWS::EC2::GatewayRouteTableAssociation":
      part(resource, owner: "RouteTableId", .tableGateway(resource["GatewayId"].reference))
    case "AWS::EC2::VPNGatewayRoutePropagation": propagation(resource)
    case "AWS::EC2::TransitGatewayAttachment", "AWS::EC2::TransitGatewayVpcAttachment": hubAttachment(resource)
    case "AWS::EC2::VPCBlockPublicAccessOptions":
      if resource["InternetGatewayBlockMode"].text.value != "off" {
        records.publicAccessBlocks.append(resource.header())
      }
    case "AWS::EC2::NetworkAcl":
      records.networkACLs.append(NetworkACLRecord(header: resource.header(), vpc: resource["VpcId"].reference))
    case "AWS::EC2::NetworkAclEntry": aclEntry(resource)
    case "AWS::EC2::SubnetNetworkAclAssociation":
      part(resource, owner: "NetworkAclId", .aclSubnet(resource["SubnetId"].reference))
    case "AWS::EC2::SecurityGroupIngress": groupRule(resource, isEgress: false)
    case "AWS::EC2::SecurityGroupEgress": groupRule(resource, isEgress: true)
    case "AWS::EC2::PrefixList": prefixList(resource)
    case "AWS::EC2::NetworkInterface": interface(resource)
    case "AWS::EC2::Instance": instance(resource)
    case "AWS::EC2::EIPAssociation": addressAssociation(resource)
    case "AWS::AutoScaling::AutoScalingGroup": autoScalingGroup(resource)
    case "AWS::ElasticLoadBalancingV2::LoadBalancer": loadBalancer(resource)
    case "AWS::ElasticLoadBalancingV2::Listener": listener(resource)
    case "AWS::ElasticLoadBalancingV2::ListenerRule": listenerRule(resource)
    case "AWS::ElasticLoadBalancingV2::TargetGroup": targetGroup(resource)
    case "AWS::WAFv2::WebACLAssociation":
      records.webACLAssociations.append(
        WebACLAssociationRecord(
          header: resource.header(), resource: resource["ResourceArn"].reference,
          webACL: resource["WebACLArn"].reference))
    case "AWS::RDS::DBInstance": database(resource)
    case "AWS::RDS::DBSubnetGroup":
      records.subnetGroups.append(
        SubnetGroupRecord(
          header: resource.header(named: "DBSubnetGroupName"), subnets: resource.references("SubnetIds")))
    case "AWS::ElastiCache::SubnetGroup":
      records.subnetGroups.append(
        SubnetGroupRecord(
          header: resource.header(named: "CacheSubnetGroupName"), subnets: resource.references("SubnetIds")))
    case "AWS::RDS::DBParameterGroup", "AWS::RDS::DBClusterParameterGroup": parameterGroup(resource)
    case "AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::CacheCluster": cache(resource)
    case "AWS::EKS::Cluster": cluster(resource)
    case "AWS::EKS::Nodegroup": nodeGroup(resource)
    case "AWS::EKS::Addon":
      records.addons.append(
        AddonRecord(
          header: resource.header(), cluster: resource["ClusterName"].reference, name: resource["AddonName"].text,
          configuration: resource["ConfigurationValues"].text))
    case "AWS::EC2::LaunchTemplate", "AWS::AutoScaling::LaunchConfiguration", "AWS::RDS::DBCluster",
      "AWS::EC2::SecurityGroup", "AWS::EC2::Subnet", "AWS::EC2::EIP", "AWS::EC2::KeyPair", "AWS::WAFv2::WebACL",
      "AWS::EC2::FlowLog",
      "AWS::EC2::DHCPOptions",
      "AWS::EC2::VPCDHCPOptionsAssociation", "AWS::EC2::Volume", "AWS::EC2::VolumeAttachment",
      "AWS::ElasticLoadBalancingV2::ListenerCertificate", "AWS::EKS::AccessEntry",
      "AWS::EKS::PodIdentityAssociation", "AWS::ElastiCache::ParameterGroup", "AWS::ElastiCache::User",
      "AWS::ElastiCache::UserGroup", "AWS::RDS::OptionGroup", "AWS::RDS::EventSubscription", "AWS::EC2::PlacementGroup":
      break
    default: notModelled(resource)
    }
  }

  /// Types that neither move packets nor are reached by them. Whatever is not among them and not modelled may be part of the network, and is
  /// said.
  private static let outsideTheNetwork = [
    "AWS::AccessAnalyzer::", "AWS::ApplicationAutoScaling::", "AWS::Athena::", "AWS::AutoScaling::LifecycleHook",
    "AWS::AutoScaling::Scal", "AWS::AutoScaling::ScheduledAction", "AWS::AutoScalingPlans::", "AWS::Backup::",
    "AWS::Budgets::", "AWS::CertificateManager::", "AWS::CloudFormation::Wait", "AWS::CloudTrail::",
    "AWS::CloudWatch::", "AWS::CodeCommit::", "AWS::CodeDeploy::", "AWS::CodePipeline::", "AWS::Cognito::",
    "AWS::Config::", "AWS::DLM::", "AWS::DynamoDB::", "AWS::ECR::", "AWS::ECS::CapacityProvider", "AWS::ECS::Cluster",
    "AWS::ECS::TaskDefinition", "AWS::EFS::AccessPoint", "AWS::EFS::FileSystem", "AWS::Events::", "AWS::GuardDuty::",
    "AWS::IAM::", "AWS::Inspector", "AWS::KMS::", "AWS::Kinesis::", "AWS::KinesisFirehose::",
    "AWS::Lambda::EventSourceMapping", "AWS::Lambda::LayerVersion", "AWS::Lambda::Permission", "AWS::Lambda::Version",
    "AWS::Logs::", "AWS::Macie::", "AWS::Organizations::", "AWS::Route53::", "AWS::S3::", "AWS::SNS::", "AWS::SQS::",
    "AWS::SSM::", "AWS::Scheduler::", "AWS::SecretsManager::", "AWS::SecurityHub::", "AWS::ServiceDiscovery::",
    "AWS::StepFunctions::", "AWS::WAF::", "AWS::WAFRegional::", "AWS::WAFv2::", "AWS::XRay::",
  ]

  private mutating func notModelled(_ resource: StackResource) {
    // A function without subnets is reached by its name alone.
    if resource.type == "AWS::Lambda::Function", resource["VpcConfig"].isNothing { return }
    if Self.outsideTheNetwork.contains(where: { resource.type.hasPrefix($0) }) { return }
    records.gaps.append(
      Gap(
        .notModelled, subject: "\(resource.stack.input.name)/\(resource.logicalID)",
        message: "\(resource.type) is not modelled yet", derivation: resource.derivation))
  }

  mutating func part(_ resource: StackResource, owner: String, _ part: PartRecord.Part) {
    records.parts.append(
      PartRecord(header: resource.header(), owner: resource[owner].reference, part: part))
  }
}
