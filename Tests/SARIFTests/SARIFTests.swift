// SARIFTests
