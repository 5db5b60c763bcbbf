// CloudFormation: see docs/architecture.md.
