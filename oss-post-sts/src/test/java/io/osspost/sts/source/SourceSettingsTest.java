package io.osspost.sts.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.sts.TestOptions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceSettingsTest {
  private static final String ROLE = "acs:ram::1234567890123456:role/uploader";

  @ParameterizedTest
  @CsvSource({
    "'',,,,sts.aliyuncs.com",
    "'',sts.cn-beijing.aliyuncs.com,,,sts.cn-beijing.aliyuncs.com",
    "'',,cn-beijing,,sts.cn-beijing.aliyuncs.com",
    "'',,cn-beijing,true,sts-vpc.cn-beijing.aliyuncs.com",
    "'',,cn-beijing,false,sts.cn-beijing.aliyuncs.com",
    "'',,,true,sts.aliyuncs.com",
    "'',sts.a.example,cn-beijing,true,sts.a.example",
    "vpc,sts.a.example,cn-beijing,,sts-vpc.cn-hangzhou.aliyuncs.com",
    "sts.b.example,sts.a.example,cn-beijing,,sts.b.example"
  })
  void addressOfStsIsTheSettingThenTheVendorsVariables(
      String setting, String endpoint, String region, String vpc, String host) {
    Map<String, String> environment = new HashMap<>();
    environment.put("ALIBABA_CLOUD_STS_ENDPOINT", endpoint);
    environment.put("ALIBABA_CLOUD_STS_REGION", region);
    environment.put("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED", vpc);
    SourceSettings settings =
        new SourceSettings(new TestOptions(Map.of("sts-endpoint", setting)), environment);
    assertThat(settings.atEndpoint(RoleSession.of(ROLE)).endpoint().getHost()).isEqualTo(host);
  }
}
