/// What the calls of one account show: two networks that a peering joins, a third at a transit gateway; in the first a NAT gateway, a machine that
/// forwards, a balancer, a database and a gateway to on-premises.
enum CollectedEstate {
  static let project = """
    version: 1
    inputs: [{snapshot: aws, account: "111111111111", region: us-east-1}]
    zones: {on-premises: {addresses: [192.168.0.0/16], behind: [vgw-0a1]}}

    """

  static let files: [String: String] = [
    "Vpcs": #"""
    [{"VpcId": "vpc-0a1", "CidrBlock": "10.1.0.0/16"}, {"VpcId": "vpc-0b2", "CidrBlock": "10.2.0.0/16"},
     {"VpcId": "vpc-0c3", "CidrBlock": "10.3.0.0/16"}]
    """#,
    "Subnets": #"""
    [{"SubnetId": "subnet-0a1", "VpcId": "vpc-0a1", "CidrBlock": "10.1.1.0/24", "AvailabilityZone": "us-east-1a"},
     {"SubnetId": "subnet-0a2", "VpcId": "vpc-0a1", "CidrBlock": "10.1.2.0/24", "AvailabilityZone": "us-east-1a"},
     {"SubnetId": "subnet-0b1", "VpcId": "vpc-0b2", "CidrBlock": "10.2.1.0/24", "AvailabilityZone": "us-east-1a"},
     {"SubnetId": "subnet-0b2", "VpcId": "vpc-0b2", "CidrBlock": "10.2.2.0/24", "AvailabilityZone": "us-east-1a"},
     {"SubnetId": "subnet-0c1", "VpcId": "vpc-0c3", "CidrBlock": "10.3.1.0/24", "AvailabilityZone": "us-east-1a"}]
    """#,
    "InternetGateways": #"""
    [{"InternetGatewayId": "igw-0a1", "Attachments": [{"State": "available", "VpcId": "vpc-0a1"}]}]
    """#,
    "NatGateways": #"""
    [{"NatGatewayId": "nat-0a1", "SubnetId": "subnet-0a1", "VpcId": "vpc-0a1", "State": "available",
      "ConnectivityType": "public", "NatGatewayAddresses": [{"AllocationId": "eipalloc-0a1", "PublicIp": "52.0.0.1",
      "PrivateIp": "10.1.1.5", "NetworkInterfaceId": "eni-0a5"}]}]
    """#,
    "VpcPeeringConnections": #"""
    [{"VpcPeeringConnectionId": "pcx-0a1", "Status": {"Code": "active"},
      "RequesterVpcInfo": {"VpcId": "vpc-0a1", "CidrBlock": "10.1.0.0/16", "Region": "us-east-1"},
      "AccepterVpcInfo": {"VpcId": "vpc-0b2", "CidrBlock": "10.2.0.0/16", "Region": "us-east-1"}}]
    """#,
    "TransitGatewayVpcAttachments": #"""
    [{"TransitGatewayAttachmentId": "tgw-attach-0a1", "TransitGatewayId": "tgw-0a1", "VpcId": "vpc-0a1",
      "State": "available", "SubnetIds": ["subnet-0a1"]},
     {"TransitGatewayAttachmentId": "tgw-attach-0c1", "TransitGatewayId": "tgw-0a1", "VpcId": "vpc-0c3",
      "State": "available", "SubnetIds": ["subnet-0c1"]}]
    """#,
    "VpnGateways": #"""
    [{"VpnGatewayId": "vgw-0a1", "VpcAttachments": [{"State": "attached", "VpcId": "vpc-0a1"}]}]
    """#,
    "RouteTables": #"""
    [{"RouteTableId": "rtb-0a1", "VpcId": "vpc-0a1", "Associations": [{"Main": false, "SubnetId": "subnet-0a1"}],
      "Routes": [{"DestinationCidrBlock": "10.1.0.0/16", "GatewayId": "local", "State": "active"},
       {"DestinationCidrBlock": "10.2.0.0/16", "VpcPeeringConnectionId": "pcx-0a1", "State": "active"},
       {"DestinationCidrBlock": "10.3.0.0/16", "TransitGatewayId": "tgw-0a1", "State": "active"},
       {"DestinationCidrBlock": "192.168.0.0/16", "GatewayId": "vgw-0a1", "State": "active"},
       {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-0a1", "State": "active"}]},
     {"RouteTableId": "rtb-0a2", "VpcId": "vpc-0a1", "Associations": [{"Main": true}],
      "Routes": [{"DestinationCidrBlock": "10.1.0.0/16", "GatewayId": "local", "State": "active"},
       {"DestinationCidrBlock": "10.2.2.0/24", "NetworkInterfaceId": "eni-0a9", "State": "active"},
       {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-0a1", "State": "active"}]},
     {"RouteTableId": "rtb-0b1", "VpcId": "vpc-0b2", "Associations": [{"Main": true}],
      "Routes": [{"DestinationCidrBlock": "10.2.0.0/16", "GatewayId": "local", "State": "active"},
       {"DestinationCidrBlock": "10.1.0.0/16", "VpcPeeringConnectionId": "pcx-0a1", "State": "active"}]},
     {"RouteTableId": "rtb-0c1", "VpcId": "vpc-0c3", "Associations": [{"Main": true}],
      "Routes": [{"DestinationCidrBlock": "10.3.0.0/16", "GatewayId": "local", "State": "active"},
       {"DestinationCidrBlock": "10.1.0.0/16", "TransitGatewayId": "tgw-0a1", "State": "active"}]}]
    """#,
    "NetworkAcls": #"""
    [{"NetworkAclId": "acl-0a1", "VpcId": "vpc-0a1", "IsDefault": true, "Associations": [{"SubnetId": "subnet-0a1"}],
      "Entries": [{"RuleNumber": 100, "Protocol": "-1", "RuleAction": "allow", "Egress": false, "CidrBlock": "0.0.0.0/0"},
       {"RuleNumber": 100, "Protocol": "-1", "RuleAction": "allow", "Egress": true, "CidrBlock": "0.0.0.0/0"}]},
     {"NetworkAclId": "acl-0a2", "VpcId": "vpc-0a1", "IsDefault": false, "Associations": [{"SubnetId": "subnet-0a2"}],
      "Entries": [{"RuleNumber": 50, "Protocol": "-1", "RuleAction": "deny", "Egress": true, "CidrBlock": "198.51.100.0/24"},
       {"RuleNumber": 100, "Protocol": "-1", "RuleAction": "allow", "Egress": false, "CidrBlock": "0.0.0.0/0"},
       {"RuleNumber": 100, "Protocol": "-1", "RuleAction": "allow", "Egress": true, "CidrBlock": "0.0.0.0/0"}]},
     {"NetworkAclId": "acl-0b1", "VpcId": "vpc-0b2", "IsDefault": true,
      "Associations": [{"SubnetId": "subnet-0b1"}, {"SubnetId": "subnet-0b2"}],
      "Entries": [{"RuleNumber": 100, "Protocol": "-1", "RuleAction": "allow", "Egress": false, "CidrBlock": "0.0.0.0/0"},
       {"RuleNumber": 100, "Protocol": "-1", "RuleAction": "allow", "Egress": true, "CidrBlock": "0.0.0.0/0"}]},
     {"NetworkAclId": "acl-0c1", "VpcId": "vpc-0c3", "IsDefault": true, "Associations": [{"SubnetId": "subnet-0c1"}],
      "Entries": [{"RuleNumber": 100, "Protocol": "-1", "RuleAction": "allow", "Egress": false, "CidrBlock": "0.0.0.0/0"},
       {"RuleNumber": 100, "Protocol": "-1", "RuleAction": "allow", "Egress": true, "CidrBlock": "0.0.0.0/0"}]}]
    """#,
    "PrefixLists": #"""
    [{"PrefixListId": "pl-0a1", "PrefixListName": "admins", "Cidrs": ["8.8.8.0/24"]}]
    """#,
    "SecurityGroups": #"""
    [{"GroupId": "sg-0a1", "GroupName": "a", "VpcId": "vpc-0a1",
      "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
       {"IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8081, "UserIdGroupPairs": [{"GroupId": "sg-0a4"}]}],
      "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]},
     {"GroupId": "sg-0a4", "GroupName": "balancer", "VpcId": "vpc-0a1",
      "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
      "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]},
     {"GroupId": "sg-0a5", "GroupName": "database", "VpcId": "vpc-0a1",
      "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432,
       "UserIdGroupPairs": [{"GroupId": "sg-0a1"}], "PrefixListIds": [{"PrefixListId": "pl-0a1"}]}],
      "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]},
     {"GroupId": "sg-0b1", "GroupName": "b", "VpcId": "vpc-0b2",
      "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432,
       "UserIdGroupPairs": [{"GroupId": "sg-0a1", "VpcId": "vpc-0a1"}]},
       {"IpProtocol": "tcp", "FromPort": 9000, "ToPort": 9000,
       "IpRanges": [{"CidrIp": "10.1.1.5/32"}, {"CidrIp": "10.3.0.0/16"}]}],
      "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]},
     {"GroupId": "sg-0b2", "GroupName": "b2", "VpcId": "vpc-0b2",
      "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 9000, "ToPort": 9000, "IpRanges": [{"CidrIp": "10.1.2.0/24"}]}],
      "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]},
     {"GroupId": "sg-0c1", "GroupName": "c", "VpcId": "vpc-0c3",
      "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "10.1.0.0/16"}]}],
      "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}]
    """#,
    "NetworkInterfaces": #"""
    [{"NetworkInterfaceId": "eni-0a9", "SubnetId": "subnet-0a1", "VpcId": "vpc-0a1", "SourceDestCheck": false,
      "PrivateIpAddresses": [{"PrivateIpAddress": "10.1.1.9", "Primary": true}], "Groups": [{"GroupId": "sg-0a6"}]}]
    """#,
    "Reservations": #"""
    [{"Instances": [
      {"InstanceId": "i-0a1", "VpcId": "vpc-0a1", "SubnetId": "subnet-0a1",
       "NetworkInterfaces": [{"NetworkInterfaceId": "eni-0a1", "SubnetId": "subnet-0a1", "VpcId": "vpc-0a1",
        "Groups": [{"GroupId": "sg-0a1"}], "PrivateIpAddresses": [{"PrivateIpAddress": "10.1.1.10", "Primary": true,
        "Association": {"PublicIp": "52.0.0.9"}}]}]}]},
     {"Instances": [{"InstanceId": "i-0a2", "VpcId": "vpc-0a1", "SubnetId": "subnet-0a2",
       "NetworkInterfaces": [{"NetworkInterfaceId": "eni-0a2", "SubnetId": "subnet-0a2", "VpcId": "vpc-0a1",
        "Groups": [{"GroupId": "sg-0a1"}], "PrivateIpAddresses": [{"PrivateIpAddress": "10.1.2.10", "Primary": true}]}]}]},
     {"Instances": [{"InstanceId": "i-0a3", "VpcId": "vpc-0a1", "SubnetId": "subnet-0a2",
       "NetworkInterfaces": [{"NetworkInterfaceId": "eni-0a3", "SubnetId": "subnet-0a2", "VpcId": "vpc-0a1",
        "Groups": [{"GroupId": "sg-0a1"}], "PrivateIpAddresses": [{"PrivateIpAddress": "10.1.2.11", "Primary": true}]}]}]},
     {"Instances": [{"InstanceId": "i-0b1", "VpcId": "vpc-0b2", "SubnetId": "subnet-0b1",
       "NetworkInterfaces": [{"NetworkInterfaceId": "eni-0b1", "SubnetId": "subnet-0b1", "VpcId": "vpc-0b2",
        "Groups": [{"GroupId": "sg-0b1"}], "PrivateIpAddresses": [{"PrivateIpAddress": "10.2.1.10", "Primary": true}]}]}]},
     {"Instances": [{"InstanceId": "i-0b2", "VpcId": "vpc-0b2", "SubnetId": "subnet-0b2",
       "NetworkInterfaces": [{"NetworkInterfaceId": "eni-0b2", "SubnetId": "subnet-0b2", "VpcId": "vpc-0b2",
        "Groups": [{"GroupId": "sg-0b2"}], "PrivateIpAddresses": [{"PrivateIpAddress": "10.2.2.10", "Primary": true}]}]}]},
     {"Instances": [{"InstanceId": "i-0c1", "VpcId": "vpc-0c3", "SubnetId": "subnet-0c1",
       "NetworkInterfaces": [{"NetworkInterfaceId": "eni-0c1", "SubnetId": "subnet-0c1", "VpcId": "vpc-0c3",
        "Groups": [{"GroupId": "sg-0c1"}], "PrivateIpAddresses": [{"PrivateIpAddress": "10.3.1.10", "Primary": true}]}]}]}]
    """#,
    "LoadBalancers": #"""
    [{"LoadBalancerArn": "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/web/1a",
      "LoadBalancerName": "web", "DNSName": "web.example", "Scheme": "internet-facing", "Type": "application",
      "VpcId": "vpc-0a1", "AvailabilityZones": [{"ZoneName": "us-east-1a", "SubnetId": "subnet-0a1"}],
      "SecurityGroups": ["sg-0a4"], "IpAddressType": "ipv4"}]
    """#,
    "Listeners": #"""
    [{"ListenerArn": "arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/app/web/1a/2b", "Port": 80,
      "LoadBalancerArn": "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/web/1a",
      "Protocol": "HTTP", "DefaultActions": [{"Type": "forward",
      "TargetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/first/3c"}]}]
    """#,
    "Rules": #"""
    [{"RuleArn": "arn:aws:elasticloadbalancing:us-east-1:111111111111:listener-rule/app/web/1a/2b/4d", "Priority": "1",
      "Actions": [{"Type": "forward",
      "TargetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/second/3d"}]}]
    """#,
    "TargetGroups": #"""
    [{"TargetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/first/3c",
      "TargetGroupName": "first", "Protocol": "HTTP", "Port": 8080, "VpcId": "vpc-0a1", "TargetType": "instance",
      "LoadBalancerArns": ["arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/web/1a"]},
     {"TargetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/second/3d",
      "TargetGroupName": "second", "Protocol": "HTTP", "Port": 8081, "VpcId": "vpc-0a1", "TargetType": "instance",
      "LoadBalancerArns": ["arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/web/1a"]}]
    """#,
    "LoadBalancerTargetHealth": #"""
    [{"TargetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/first/3c",
      "TargetHealthDescriptions": [{"Target": {"Id": "i-0a2", "Port": 8080}}]},
     {"TargetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/second/3d",
      "TargetHealthDescriptions": [{"Target": {"Id": "i-0a3", "Port": 8081}}]}]
    """#,
    "DBSubnetGroups": #"""
    [{"DBSubnetGroupName": "data", "VpcId": "vpc-0a1", "Subnets": [{"SubnetIdentifier": "subnet-0a2"}]}]
    """#,
    "DBInstances": #"""
    [{"DBInstanceIdentifier": "orders", "Engine": "postgres", "PubliclyAccessible": false, "Endpoint": {"Port": 5432},
      "DBSubnetGroup": {"DBSubnetGroupName": "data"}, "VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-0a5"}]}]
    """#,
  ]

  /// None of them is proved while everything is there.
  static let properties = [
    "forbid internet -> i-0a1", "forbid i-0a1 -> i-0b1", "forbid i-0a2 -> internet", "forbid i-0a1 -> internet",
    "forbid i-0a2 -> i-0b1 on tcp/9000", "forbid i-0a2 -> i-0b2", "forbid i-0a1 -> i-0c1", "forbid i-0c1 -> i-0a2",
    "forbid internet ~> i-0a2", "forbid internet ~> i-0a3", "forbid i-0a2 -> orders", "forbid on-premises -> i-0a1",
    "forbid i-0a1 -> on-premises", "forbid 8.8.8.8 -> orders",
  ]

  /// The same of many pairs at once.
  static let wideProperties = ["only i-0b1 -> i-0a1", "isolated vpc:vpc-0a1, vpc:vpc-0b2"]
}
