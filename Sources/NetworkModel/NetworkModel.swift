// NetworkModel: see docs/architecture.md.
