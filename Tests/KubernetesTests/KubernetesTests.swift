// KubernetesTests
