import NetworkModel

/// The least version of TLS that each predefined policy of load balancers accepts.
///
/// Read off the vendor's policy tables as of 2026-09; names say little: `TLS13-1-0-…` accepts TLS 1.0. A name that is not here is unknown.
enum SecurityPolicies {
  /// What a listener without a policy uses when it is made by API, command line or template.
  static let silent = "ELBSecurityPolicy-2016-08"

  static func minimum(_ policy: String) -> TLSVersion? {
    guard policy.hasPrefix("ELBSecurityPolicy-") else { return nil }
    return table[String(policy.dropFirst("ELBSecurityPolicy-".count))]
  }

  private static let table: [String: TLSVersion] = {
    var table: [String: TLSVersion] = [:]
    let names: [(TLSVersion, String)] = [
      (
        .tls13,
        "TLS13-1-3-2021-06 TLS13-1-3-FIPS-2023-04 TLS13-1-3-PQ-2025-09 TLS13-1-3-FIPS-PQ-2025-09 TLS13-1-3-RFC9151-FIPS-2023-07"
      ),
      (
        .tls12,
        """
        TLS13-1-2-2021-06 TLS13-1-2-Res-2021-06 TLS13-1-2-Ext1-2021-06 TLS13-1-2-Ext2-2021-06 TLS13-1-2-FIPS-2023-04 \
        TLS13-1-2-Res-FIPS-2023-04 TLS13-1-2-Ext0-FIPS-2023-04 TLS13-1-2-Ext1-FIPS-2023-04 TLS13-1-2-Ext2-FIPS-2023-04 \
        TLS13-1-2-PQ-2025-09 TLS13-1-2-Res-PQ-2025-09 TLS13-1-2-Ext1-PQ-2025-09 TLS13-1-2-Ext2-PQ-2025-09 \
        TLS13-1-2-FIPS-PQ-2025-09 TLS13-1-2-Res-FIPS-PQ-2025-09 TLS13-1-2-Ext0-FIPS-PQ-2025-09 \
        TLS13-1-2-Ext1-FIPS-PQ-2025-09 TLS13-1-2-Ext2-FIPS-PQ-2025-09 TLS-1-2-2017-01 TLS-1-2-Ext-2018-06 \
        FS-1-2-2019-08 FS-1-2-Res-2019-08 FS-1-2-Res-2020-10
        """
      ),
      (.tls11, "TLS13-1-1-2021-06 TLS13-1-1-FIPS-2023-04 TLS-1-1-2017-01 FS-1-1-2019-08"),
      (
        .tls10,
        """
        TLS13-1-0-2021-06 TLS13-1-0-FIPS-2023-04 TLS13-1-0-PQ-2025-09 TLS13-1-0-FIPS-PQ-2025-09 2016-08 2015-05 \
        TLS-1-0-2015-04 FS-2018-06
        """
      ),
    ]
    for (version, list) in names { for name in list.split(separator: " ") { table[String(name)] = version } }
    return table
  }()
}
