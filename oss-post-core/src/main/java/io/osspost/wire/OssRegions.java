package io.osspost.wire;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The known regions of OSS, and the names of their services, from which hosts are made: {@code
 * <service>.aliyuncs.com}. New regions and private clouds have others.
 *
 * <p>Source: OSS documentation, "Regions and endpoints" (2025 and 2026): public cloud, finance
 * cloud and government cloud. Most services are named {@code oss-<region>}.
 */
public final class OssRegions {
  private static final List<String> PUBLIC_CLOUD =
      Collections.unmodifiableList(
          Arrays.asList(
              ("cn-hangzhou cn-shanghai cn-nanjing cn-fuzhou cn-wuhan-lr cn-zhengzhou-jva"
                      + " cn-qingdao cn-beijing cn-zhangjiakou cn-huhehaote cn-wulanchabu"
                      + " cn-shenzhen cn-heyuan cn-guangzhou cn-chengdu cn-hongkong"
                      + " rg-china-mainland us-west-1 us-east-1 na-south-1 sa-east-1"
                      + " ap-northeast-1 ap-northeast-2 ap-southeast-1 ap-southeast-2"
                      + " ap-southeast-3 ap-southeast-5 ap-southeast-6 ap-southeast-7"
                      + " ap-southeast-8 ap-south-1 eu-central-1 eu-west-1 eu-west-2 me-east-1"
                      + " me-central-1 cn-north-2-gov-1")
                  .split(" ")));

  /** The regions whose service has another name. Browsers reach the public one. */
  private static final Map<String, String> FINANCE_CLOUD = financeCloud();

  private OssRegions() {}

  private static Map<String, String> financeCloud() {
    Map<String, String> services = new LinkedHashMap<>();
    services.put("cn-hangzhou-finance", "oss-cn-hzfinance");
    services.put("cn-shanghai-finance-1", "oss-cn-shanghai-finance-1-pub");
    services.put("cn-shenzhen-finance-1", "oss-cn-szfinance");
    services.put("cn-beijing-finance-1", "oss-cn-beijing-finance-1-pub");
    return services;
  }

  /** Returns the name of the region's service, such as {@code oss-cn-hangzhou}. */
  public static String service(String region) {
    return FINANCE_CLOUD.getOrDefault(region, "oss-" + region);
  }

  /** Returns the region of a service; empty if the service is not known. */
  public static Optional<String> regionOf(String service) {
    for (Map.Entry<String, String> finance : FINANCE_CLOUD.entrySet()) {
      if (finance.getValue().equals(service)) {
        return Optional.of(finance.getKey());
      }
    }
    return service.startsWith("oss-") && PUBLIC_CLOUD.contains(service.substring(4))
        ? Optional.of(service.substring(4))
        : Optional.empty();
  }

  public static boolean isKnown(String region) {
    return PUBLIC_CLOUD.contains(region) || FINANCE_CLOUD.containsKey(region);
  }

  /** Returns the known region whose name is most similar to an unknown one. */
  public static String nearest(String region) {
    String nearest = PUBLIC_CLOUD.get(0);
    for (String known : PUBLIC_CLOUD) {
      nearest =
          Distance.between(region, known) < Distance.between(region, nearest) ? known : nearest;
    }
    for (String known : FINANCE_CLOUD.keySet()) {
      nearest =
          Distance.between(region, known) < Distance.between(region, nearest) ? known : nearest;
    }
    return nearest;
  }
}
