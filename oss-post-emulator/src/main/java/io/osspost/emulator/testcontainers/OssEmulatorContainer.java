package io.osspost.emulator.testcontainers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * The emulator in a container: OSS, STS and the metadata service of an instance. Build the image
 * with {@code container/build}; it is never pulled.
 *
 * <pre>{@code
 * try (OssEmulatorContainer oss = new OssEmulatorContainer()) {
 *   oss.start();
 *   // post a form to oss.endpoint() + "/" + oss.bucket() + "/"
 * }
 * }</pre>
 *
 * <p>Callbacks reach the machine that runs the tests as {@value #HOST}.
 */
public final class OssEmulatorContainer extends GenericContainer<OssEmulatorContainer> {
  private static final String BUILT_HERE = "oss-post-emulator";

  /** The name of the machine that runs the tests, inside the container. */
  public static final String HOST = "host.docker.internal";

  private static final int OSS = 9000;
  private static final int STS = 9001;
  private static final int METADATA = 9002;
  private static final String BUCKET = "examplebucket";
  private static final String REGION = "cn-hangzhou";
  private static final String KEY_ID = "EmulatorAccessKeyId";
  private static final String ROLE = "acs:ram::1000000000000000:role/EmulatorRole";

  private final String secret = UUID.randomUUID().toString();
  private final List<String> options =
      new ArrayList<>(
          List.of(
              "--bucket=" + BUCKET,
              "--region=" + REGION,
              "--access-key-id=" + KEY_ID,
              "--access-key-secret=" + secret,
              "--rules=callback-addresses=any",
              "--sts-port=" + STS,
              "--metadata-port=" + METADATA,
              "--role-arn=" + ROLE));

  /** Runs the image that {@code container/build} makes without a name. */
  public OssEmulatorContainer() {
    this(DockerImageName.parse(BUILT_HERE + ":latest"));
  }

  /**
   * Runs another image, such as one of your own registry. It is pulled if this machine does not
   * have it, but never under the name that {@code container/build} gives.
   */
  public OssEmulatorContainer(DockerImageName image) {
    super(image);
    if (image.getUnversionedPart().equals(BUILT_HERE)) {
      withImagePullPolicy(name -> false);
    }
    withExposedPorts(OSS, STS, METADATA);
    withExtraHost(HOST, "host-gateway");
    waitingFor(Wait.forLogMessage(".*A refused form is explained here.*", 1));
  }

  /** Adds an option of the command line, such as {@code --public-read}, before the start. */
  public OssEmulatorContainer withOption(String option) {
    options.add(option);
    return this;
  }

  @Override
  protected void configure() {
    getNetworkAliases().forEach(alias -> options.add("--allow-host=" + alias));
    if (!getHost().matches("[0-9.]+|localhost|\\[.*")) {
      options.add("--allow-host=" + getHost());
    }
    withCommand(options.toArray(String[]::new));
  }

  /** Returns the address of OSS, for programs outside the container. */
  public URI endpoint() {
    return mapped(OSS);
  }

  /** Returns the address of OSS, for other containers of its first network. */
  public URI endpointInNetwork() {
    String address =
        getContainerInfo()
            .getNetworkSettings()
            .getNetworks()
            .values()
            .iterator()
            .next()
            .getIpAddress();
    return URI.create("http://" + address + ":" + OSS);
  }

  public URI stsEndpoint() {
    return mapped(STS);
  }

  public URI metadataEndpoint() {
    return mapped(METADATA);
  }

  public String bucket() {
    return BUCKET;
  }

  public String region() {
    return REGION;
  }

  public String accessKeyId() {
    return KEY_ID;
  }

  public String accessKeySecret() {
    return secret;
  }

  /** Returns the role of STS and of the instance. */
  public String roleArn() {
    return ROLE;
  }

  /**
   * Returns the key that verifies callbacks of this container, as {@code MD5withRSA}. The URL of
   * the key that callbacks name is not reachable from outside the container.
   */
  public PublicKey callbackPublicKey() {
    try (InputStream in = endpoint().resolve("/callback_pub_key_v1.pem").toURL().openStream()) {
      String pem = new String(in.readAllBytes(), UTF_8).replaceAll("-----[A-Z ]+-----|\\s", "");
      return KeyFactory.getInstance("RSA")
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(pem)));
    } catch (IOException e) {
      throw new UncheckedIOException("The container does not serve its callback key", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The container's callback key is not an RSA key", e);
    }
  }

  private URI mapped(int port) {
    return URI.create("http://" + getHost() + ":" + getMappedPort(port));
  }
}
