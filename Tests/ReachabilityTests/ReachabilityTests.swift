// ReachabilityTests
