// AWSDescribe: see docs/architecture.md.
