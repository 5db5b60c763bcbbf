// CloudFormationTests
