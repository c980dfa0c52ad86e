package io.osspost.sts.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.aliyun.credentials.http.CompatibleUrlConnClient;
import com.aliyun.credentials.http.HttpRequest;
import com.aliyun.credentials.http.HttpResponse;
import com.aliyun.credentials.http.MethodType;
import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.provider.RefreshResult;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.osspost.credentials.OssCredentials;
import java.net.URI;
import java.time.Instant;

/** A service of the operator that returns credentials, in the format of the metadata service. */
final class CredentialsUri implements CredentialsSource {
  private final URI uri;

  CredentialsUri(URI uri) {
    String scheme = String.valueOf(uri.getScheme());
    if (uri.getHost() == null || !scheme.matches("https?")) {
      throw new IllegalArgumentException(
          "It is not a URL with a host. Write it like 'http://127.0.0.1:8080/credentials'.");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "It contains a user name or password, which are not sent. Remove them.");
    }
    if (scheme.equals("http") && !Connection.isLoopback(uri.getHost())) {
      throw new IllegalArgumentException(
          "http://"
              + uri.getHost()
              + " would send credentials unencrypted. Write https, or an address of this machine.");
    }
    this.uri = uri;
  }

  @Override
  public String name() {
    return "the credentials URI";
  }

  @Override
  public OssCredentials fetch() {
    return new Connection("The credentials URI", uri).fetch(this::fetchJson);
  }

  private RefreshResult<CredentialModel> fetchJson(CompatibleUrlConnClient connection) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    HttpRequest request = new HttpRequest("https://" + uri.getRawAuthority() + path + query);
    request.setSysMethod(MethodType.GET);
    HttpResponse response = connection.syncInvoke(request);
    JsonObject document =
        JsonParser.parseString(new String(response.getHttpContent(), UTF_8)).getAsJsonObject();
    if (!"Success".equals(document.get("Code").getAsString())) {
      throw new IllegalStateException("The response is an error.");
    }
    return RefreshResult.builder(
            CredentialModel.builder()
                .accessKeyId(document.get("AccessKeyId").getAsString())
                .accessKeySecret(document.get("AccessKeySecret").getAsString())
                .securityToken(document.get("SecurityToken").getAsString())
                .expiration(Instant.parse(document.get("Expiration").getAsString()).toEpochMilli())
                .build())
        .build();
  }
}
