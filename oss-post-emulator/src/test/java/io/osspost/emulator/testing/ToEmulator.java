package io.osspost.emulator.testing;

import com.aliyun.credentials.http.CompatibleUrlConnClient;
import com.aliyun.credentials.http.HttpRequest;
import com.aliyun.credentials.http.HttpResponse;
import java.net.URI;

/** The HTTP client of credentials-java, directed to an emulator instead of the given host. */
public final class ToEmulator extends CompatibleUrlConnClient {
  private final URI endpoint;

  public ToEmulator(URI endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public HttpResponse syncInvoke(HttpRequest request) {
    request.setSysUrl(request.getSysUrl().replaceFirst("https?://[^/?]*", endpoint.toString()));
    return super.syncInvoke(request);
  }
}
