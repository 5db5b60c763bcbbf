// TierproofCommands: see docs/architecture.md.
