// Reachability: see docs/architecture.md.
