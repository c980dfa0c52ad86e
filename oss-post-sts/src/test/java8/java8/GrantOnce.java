package java8;

import io.osspost.settings.Collaborators;
import io.osspost.settings.UploadSettings;
import io.osspost.web.UploadEndpoints;
import io.osspost.web.WebRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An application of Java 8 that prints the grant of one form and ends. Its arguments are settings,
 * {@code name=value}.
 */
public final class GrantOnce {
  private GrantOnce() {}

  public static void main(String[] arguments) {
    Map<String, String> settings = new HashMap<>();
    for (String argument : arguments) {
      String[] pair = argument.split("=", 2);
      settings.put(pair[0], pair[1]);
    }
    try (UploadEndpoints endpoints =
        UploadSettings.read(settings).open(Collaborators.builder().build())) {
      System.out.println("Java " + System.getProperty("java.specification.version"));
      System.out.println(
          new String(endpoints.handle(new Request()).get().body(), StandardCharsets.UTF_8));
    }
  }

  /** A request for a form, from a caller without a login. */
  private static final class Request implements WebRequest {
    @Override
    public String method() {
      return "GET";
    }

    @Override
    public String path() {
      return "/get_post_signature_for_oss_upload";
    }

    @Override
    public String rawPath() {
      return path();
    }

    @Override
    public Optional<String> rawQuery() {
      return Optional.of("filename=a.png");
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }

    @Override
    public Map<String, List<String>> parameters() {
      return Collections.singletonMap("filename", Collections.singletonList("a.png"));
    }

    @Override
    public Optional<String> principal() {
      return Optional.empty();
    }

    @Override
    public boolean isInRole(String role) {
      return false;
    }

    @Override
    public byte[] body() {
      return new byte[0];
    }
  }
}
