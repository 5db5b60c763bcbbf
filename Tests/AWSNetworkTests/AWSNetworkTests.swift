// AWSNetworkTests
