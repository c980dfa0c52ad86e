package io.osspost.emulator.internal;

import io.osspost.emulator.internal.auth.AccessKey;
import io.osspost.emulator.internal.callback.CallbackKey;
import io.osspost.emulator.internal.protocol.OssServer;
import io.osspost.emulator.internal.store.ObjectStore;
import io.osspost.emulator.rules.EmulatorRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;

/**
 * The parts of a running emulator. Thread-safe.
 *
 * @param host the host of the endpoint, as in a URL
 * @param bucket the first bucket
 * @param accessKey the first permanent key
 */
public record RunningEmulator(
    ObjectStore store,
    OssServer server,
    Controls controls,
    KeyServices keyServices,
    CallbackKey callbackKey,
    String host,
    String bucket,
    String region,
    AccessKey accessKey,
    EmulatorRules rules,
    String roleArn,
    Optional<String> adminToken)
    implements AutoCloseable {

  public int port() {
    return server.port();
  }

  public URI endpoint() {
    return endpoint(port());
  }

  /** Returns the address of a service at {@code port}. */
  public URI endpoint(int port) {
    return URI.create("http://" + host + ":" + port);
  }

  /** Returns the URL of the key that verifies callbacks. */
  public URI callbackKeyUrl() {
    return endpoint().resolve("/" + CallbackKey.FILE);
  }

  @Override
  public void close() {
    keyServices.close();
    server.close();
    try {
      store.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The emulator cannot clean up: " + e.getMessage(), e);
    }
  }
}
