// AWSNetwork: see docs/architecture.md.
