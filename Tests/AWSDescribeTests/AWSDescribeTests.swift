// AWSDescribeTests
