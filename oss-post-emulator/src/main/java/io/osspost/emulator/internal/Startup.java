package io.osspost.emulator.internal;

import io.osspost.emulator.internal.auth.AccessKey;
import io.osspost.emulator.internal.auth.AccessKeys;
import io.osspost.emulator.internal.auth.Authorizer;
import io.osspost.emulator.internal.auth.RequestSigner;
import io.osspost.emulator.internal.bucket.BucketCors;
import io.osspost.emulator.internal.bucket.CorsDocument;
import io.osspost.emulator.internal.callback.CallbackKey;
import io.osspost.emulator.internal.callback.Callbacks;
import io.osspost.emulator.internal.http.KnownHosts;
import io.osspost.emulator.internal.object.ObjectAccess;
import io.osspost.emulator.internal.post.PostObject;
import io.osspost.emulator.internal.protocol.CorsRule;
import io.osspost.emulator.internal.protocol.CorsRules;
import io.osspost.emulator.internal.protocol.FaultyOperation;
import io.osspost.emulator.internal.protocol.Operation;
import io.osspost.emulator.internal.protocol.OssServer;
import io.osspost.emulator.internal.store.ObjectAcl;
import io.osspost.emulator.internal.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Builds an emulator from its settings and starts its servers. */
public final class Startup {
  /** Origins of pages from this machine only. */
  private static final List<String> OF_THIS_MACHINE =
      Stream.of("localhost", "127.0.0.1", "[::1]")
          .flatMap(host -> Stream.of("http://" + host, "https://" + host))
          .flatMap(origin -> Stream.of(origin, origin + ":*"))
          .toList();

  private final EmulatorSettings settings;
  private final Controls controls;

  public Startup(EmulatorSettings settings) {
    this.settings = settings;
    this.controls = Controls.of(settings.clock);
  }

  /**
   * Starts the servers.
   *
   * @throws IllegalArgumentException if the host is unknown
   * @throws UncheckedIOException if the port is in use, or the folder cannot be used
   */
  public RunningEmulator run() {
    InetSocketAddress address = new InetSocketAddress(inetAddress(), settings.port);
    try {
      ObjectStore store = store();
      try {
        createBuckets(store);
        return run(address, store);
      } catch (IOException | RuntimeException e) {
        store.close();
        throw e;
      }
    } catch (BindException e) {
      throw KeyServices.cannotListen(address, e);
    } catch (IOException e) {
      throw new UncheckedIOException("The emulator cannot start: " + e.getMessage(), e);
    }
  }

  private RunningEmulator run(InetSocketAddress address, ObjectStore store) throws IOException {
    AccessKey accessKey = settings.firstPermanentKey();
    KnownHosts hosts = KnownHosts.with(settings.allowedHosts(), settings.domains);
    AccessKeys known = new AccessKeys(settings.keys.values());
    KeyServices services =
        KeyServices.start(settings.keyServices(), address.getAddress(), known, controls, hosts);
    try {
      Authorizer ram =
          new Authorizer(settings.region, settings.keyServices().account(), controls.clock());
      RequestSigner signer =
          new RequestSigner(known, settings.region, controls.clock(), settings.rules);
      ObjectAccess access = new ObjectAccess(store, signer, ram);
      OssServer server =
          OssServer.bind(address, new BucketCors(store, access), controls.journal(), hosts);
      RunningEmulator emulator =
          new RunningEmulator(
              store,
              server,
              controls,
              services,
              new CallbackKey(),
              hostOfEndpoint(address),
              settings.bucketNames().get(0),
              settings.region,
              accessKey,
              settings.rules,
              settings.keyServices().roleArn(),
              settings.adminToken);
      server.serve(withAdmin(operations(store, access, ram, known, emulator)));
      return emulator;
    } catch (IOException | RuntimeException e) {
      services.close();
      throw e;
    }
  }

  private ObjectStore store() throws IOException {
    if (settings.data != null) {
      return ObjectStore.open(settings.data, controls.clock());
    }
    return settings.inMemory
        ? ObjectStore.inMemory(controls.clock())
        : ObjectStore.temporary(controls.clock());
  }

  private Operation withAdmin(Operation operations) {
    Operation addressed = new Addressing(operations, settings.region, settings.rules);
    Operation faulty = new FaultyOperation(addressed, controls.faults());
    return settings
        .adminToken
        .<Operation>map(token -> new Admin(controls, token, faulty))
        .orElse(faulty);
  }

  private Operations operations(
      ObjectStore store,
      ObjectAccess access,
      Authorizer ram,
      AccessKeys known,
      RunningEmulator emulator) {
    Callbacks callbacks =
        new Callbacks(
            emulator.callbackKey(), emulator.callbackKeyUrl(), settings.rules, controls.faults());
    PostObject postObject =
        new PostObject(
            store,
            access,
            known,
            ram,
            callbacks,
            settings.region,
            controls.clock(),
            settings.rules);
    return new Operations(
        OperationTable.rows(store, access, callbacks, postObject, settings.region, settings.rules));
  }

  /** Settings given here take precedence over those of an earlier run in the folder. */
  private void createBuckets(ObjectStore store) throws IOException {
    for (String name : settings.bucketNames()) {
      boolean isNew = store.createBucket(name);
      if (isNew || !settings.corsOrigins.isEmpty()) {
        Optional<String> cors = Optional.of(CorsDocument.write(corsRules()));
        store.change(name, properties -> properties.withCors(cors));
      }
      if (settings.acl != null) {
        ObjectAcl given = settings.acl;
        store.change(name, properties -> properties.with(given));
      }
    }
  }

  private CorsRules corsRules() {
    CorsRule rule =
        new CorsRule(
            settings.corsOrigins.isEmpty() ? OF_THIS_MACHINE : settings.corsOrigins,
            List.of("GET", "POST", "PUT", "HEAD", "DELETE"),
            List.of("*"),
            List.of("ETag", "x-oss-request-id"),
            OptionalInt.of(600));
    return new CorsRules(List.of(rule), true);
  }

  private InetAddress inetAddress() {
    try {
      return InetAddress.getByName(settings.host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "The host '"
              + settings.host
              + "' is unknown. Name an address of this machine, such as"
              + " '127.0.0.1'.",
          e);
    }
  }

  private static String hostOfEndpoint(InetSocketAddress address) {
    if (address.getAddress().isAnyLocalAddress()) {
      return "127.0.0.1";
    }
    String text = address.getAddress().getHostAddress();
    return text.contains(":") ? "[" + text + "]" : text;
  }
}
