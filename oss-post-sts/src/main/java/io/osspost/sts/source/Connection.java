package io.osspost.sts.source;

import com.aliyun.credentials.http.CompatibleUrlConnClient;
import com.aliyun.credentials.http.HttpRequest;
import com.aliyun.credentials.http.HttpResponse;
import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.provider.RefreshResult;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Directs one fetch of credentials-java to the configured address. That library does not keep the
 * reason of a failure, and puts whole responses into its messages. So this class records the reason
 * where it occurs, without secrets. Not thread-safe.
 */
class Connection extends CompatibleUrlConnClient {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 8_000;
  private static final int OK = 200;

  private final String name;
  private final URI endpoint;
  private final boolean direct;
  private @Nullable Refusal refusal;

  Connection(String name, URI endpoint) {
    this(name, endpoint, isLoopback(endpoint.getHost()));
  }

  /**
   * Creates a connection for one call.
   *
   * @param direct whether the call never uses a proxy, which would see the credentials
   */
  Connection(String name, URI endpoint, boolean direct) {
    this.name = name;
    this.endpoint = withoutSecrets(endpoint);
    this.direct = direct;
  }

  static boolean isLoopback(String host) {
    return host.matches("(?i)localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
  }

  /** Returns scheme, host and port, because the rest of a URL may be a secret. */
  private static URI withoutSecrets(URI url) {
    return URI.create(
        url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()));
  }

  /** Returns the result of {@code call} over this connection. */
  OssCredentials fetch(Function<CompatibleUrlConnClient, RefreshResult<CredentialModel>> call) {
    try {
      CredentialModel model = call.apply(this).value();
      return Keys.of(
          name + " at " + endpoint,
          () ->
              OssCredentials.temporary(
                  model.getAccessKeyId(),
                  model.getAccessKeySecret(),
                  model.getSecurityToken(),
                  Instant.ofEpochMilli(model.getExpiration())));
    } catch (CredentialsUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      throw refusal == null
          ? new CredentialsUnavailableException(unexpectedResponse())
          : refusal.toException();
    }
  }

  /** Returns the last unsuccessful response, if there was one. */
  @Nullable Refusal refusal() {
    return refusal;
  }

  /** Sends to {@code endpoint} the request for the vendor's host. */
  @Override
  public HttpResponse syncInvoke(HttpRequest request) {
    refusal = null;
    String url = request.getSysUrl();
    request.setSysUrl(
        endpoint.getScheme()
            + "://"
            + endpoint.getRawAuthority()
            + url.substring(url.indexOf('/', "https://".length())));
    HttpResponse response;
    try {
      response = super.syncInvoke(request);
    } catch (RuntimeException e) {
      refusal = Refusal.unreachable(name, endpoint, e.getMessage());
      throw e;
    }
    if (response.getResponseCode() == 0) {
      refusal = Refusal.unreachable(name, endpoint, response.getResponseMessage());
    } else if (response.getResponseCode() != OK) {
      refusal = Refusal.read(name, response.getResponseCode(), response.getHttpContent());
    }
    return response;
  }

  /**
   * Uses the JDK's client, for its checks of certificates and host names. The library's own needs
   * OkHttp for that, and an environment variable can disable its checks.
   */
  @Override
  public HttpURLConnection initHttpConnection(URL url, HttpRequest request) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) (direct ? url.openConnection(Proxy.NO_PROXY) : url.openConnection());
      connection.setRequestMethod(request.getSysMethod().toString());
      connection.setInstanceFollowRedirects(false);
      connection.setUseCaches(false);
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(READ_MILLIS);
      connection.setDoOutput(request.getHttpContent() != null);
      request.getSysHeaders().forEach(connection::setRequestProperty);
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String unexpectedResponse() {
    return name
        + " at "
        + endpoint
        + " did not return credentials. Check whether a proxy responds in its place.";
  }
}
