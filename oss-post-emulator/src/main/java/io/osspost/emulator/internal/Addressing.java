package io.osspost.emulator.internal;

import static io.osspost.emulator.rules.EmulatorRule.ADDRESS_STYLE_HOST;

import io.osspost.emulator.internal.callback.CallbackKey;
import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.protocol.Operation;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.rules.EmulatorRules;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rejects requests whose address public OSS would reject: addresses at the endpoint of another
 * region and, if a rule says so, path-style addresses.
 */
final class Addressing implements Operation {
  private static final Pattern ENDPOINT =
      Pattern.compile(
          "[^.]+\\.oss-(?!accelerate)([a-z0-9-]+?)(-internal)?\\.aliyuncs\\.com(:\\d+)?");

  private final Operation oss;
  private final String region;
  private final EmulatorRules rules;

  Addressing(Operation oss, String region, EmulatorRules rules) {
    this.oss = oss;
    this.region = region;
    this.rules = rules;
  }

  @Override
  public HttpAnswer perform(OssRequest request) throws IOException {
    checkEndpoint(request);
    if (rules.has(ADDRESS_STYLE_HOST)) {
      checkStyle(request);
    }
    return oss.perform(request);
  }

  private void checkEndpoint(OssRequest request) {
    Matcher endpoint = ENDPOINT.matcher(request.host());
    if (endpoint.matches() && !endpoint.group(1).equals(region)) {
      throw OssError.of(
              403,
              "AccessDenied",
              "The bucket you are attempting to access must be addressed using the specified"
                  + " endpoint. Please send all future requests to this endpoint.")
          .member("Bucket", request.bucket())
          .member("Endpoint", "oss-" + region + ".aliyuncs.com")
          .ec("0003-00001403")
          .because(
              "the host is an endpoint of region '"
                  + endpoint.group(1)
                  + "', but the buckets are in '"
                  + region
                  + "'");
    }
  }

  private static void checkStyle(OssRequest request) {
    boolean namesBucket = !request.bucket().isEmpty() && !request.bucket().equals(CallbackKey.FILE);
    if (request.isPathStyle() && namesBucket) {
      throw OssError.of(
              403,
              "SecondLevelDomainForbidden",
              "The bucket you are attempting to access must be addressed using OSS third level"
                  + " domain.")
          .because(
              "the path names the bucket; send this to http://" + request.bucket() + ".<host>/");
    }
  }
}
