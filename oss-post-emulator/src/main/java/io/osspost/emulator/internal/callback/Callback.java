package io.osspost.emulator.internal.callback;

import static io.osspost.emulator.rules.EmulatorRule.CALLBACK_ADDRESSES_ANY;
import static io.osspost.emulator.rules.EmulatorRule.CALLBACK_ADDRESSES_LOOPBACK;
import static io.osspost.emulator.rules.EmulatorRule.CALLBACK_URL_OPTIONAL;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.json.JsonTree;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRefusedException;
import io.osspost.emulator.rules.EmulatorRules;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The callback configuration of an upload, read and checked before anything is stored. Immutable.
 *
 * <p>Source: OSS documentation "Callback" and "Upload callback" of the troubleshooting pages.
 *
 * @param host the {@code Host} header; empty for the host of the URL
 * @param template the body with its placeholders
 * @param json whether the body is JSON instead of a form
 * @param sni whether TLS sends the host name (SNI)
 * @param variables the custom variables by name, {@code x:} included
 */
record Callback(
    List<CallbackUrl> urls,
    Optional<String> host,
    String template,
    boolean json,
    boolean sni,
    Map<String, String> variables) {
  private static final String ARGUMENT = "callback";
  private static final String VARIABLES = "callback-var";
  private static final int LONGEST = 5 << 10;
  private static final int MOST_URLS = 5;

  Callback {
    urls = List.copyOf(urls);
    variables = Map.copyOf(variables);
  }

  /** Reads a configuration. Returns empty if it has no URL and a rule allows that. */
  static Optional<Callback> parse(
      String base64, Map<String, String> variables, EmulatorRules rules) {
    Map<String, Object> members = members(base64);
    if (rules.has(CALLBACK_URL_OPTIONAL) && members.getOrDefault("callbackUrl", "").equals("")) {
      return Optional.empty();
    }
    Object type = members.getOrDefault("callbackBodyType", "application/x-www-form-urlencoded");
    Object sni = members.getOrDefault("callbackSNI", false);
    Object host = members.getOrDefault("callbackHost", "");
    if (!(host instanceof String name) || !name.matches("[A-Za-z0-9._:-]*")) {
      throw refused("The callback host configuration is invalid.", ARGUMENT, base64)
          .because("callbackHost is not the name of a host");
    }
    if (!(sni instanceof Boolean withSni)) {
      throw refused("The callback SNI configuration is invalid.", ARGUMENT, base64)
          .because("callbackSNI is neither true nor false");
    }
    List<CallbackUrl> urls = urls(members.get("callbackUrl"), base64);
    checkAddresses(urls, rules);
    return Optional.of(
        new Callback(
            urls,
            Optional.of(name).filter(text -> !text.isEmpty()),
            template(members.get("callbackBody"), base64),
            isJson(type, base64),
            withSni,
            variables));
  }

  /** Reads the custom variables of a request: a JSON object of strings, in Base64. */
  static Map<String, String> variables(String base64) {
    if (base64.length() > LONGEST) {
      throw refused("The length of callback var exceed max value.", VARIABLES, base64)
          .because("callback-var has more than " + LONGEST + " bytes");
    }
    Map<String, Object> members;
    try {
      members = JsonTree.members(new String(Base64.getDecoder().decode(base64), UTF_8));
    } catch (IllegalArgumentException e) {
      throw refused("The callback var is not base64 encoded.", VARIABLES, base64)
          .ec("0007-00000102")
          .because("callback-var is not Base64");
    } catch (IOException e) {
      throw notExpectedJson(base64, "callback-var is not a JSON object");
    }
    Map<String, String> variables = new TreeMap<>();
    members.forEach(
        (name, value) -> {
          if (!name.startsWith("x:") || !(value instanceof String text)) {
            throw notExpectedJson(
                base64, "the member '" + name + "' of callback-var is not a string named x:...");
          }
          variables.put(name, text);
        });
    return variables;
  }

  private static OssRefusedException notExpectedJson(String base64, String why) {
    // The misspelling is OSS's own.
    return refused("The callback var is not expecten json.", VARIABLES, base64)
        .ec("0007-00000103")
        .because(why);
  }

  private static Map<String, Object> members(String base64) {
    if (base64.length() > LONGEST) {
      throw refused("The length of callback exceed max value.", ARGUMENT, base64)
          .because("callback has more than " + LONGEST + " bytes");
    }
    try {
      return JsonTree.members(new String(Base64.getDecoder().decode(base64), UTF_8));
    } catch (IllegalArgumentException e) {
      throw refused("The callback configuration is not base64 encoded.", ARGUMENT, base64)
          .ec("0007-00000002")
          .because("callback is not the Base64 of one line");
    } catch (IOException e) {
      throw refused("The callback configuration is not json format.", ARGUMENT, base64)
          .ec("0007-00000003")
          .because("callback is not a JSON object: are quotes in callbackBody escaped?");
    }
  }

  private static List<CallbackUrl> urls(@Nullable Object sent, String base64) {
    if (!(sent instanceof String text) || text.isEmpty()) {
      throw invalidUrl(base64, "callbackUrl is missing, empty, or not a string");
    }
    String[] parts = text.split(";", -1);
    if (parts.length > MOST_URLS) {
      throw refused("The number of callback url exceed max value.", ARGUMENT, base64)
          .ec("0007-00000005")
          .because("callbackUrl lists " + parts.length + " URLs; OSS accepts " + MOST_URLS);
    }
    List<CallbackUrl> urls = new ArrayList<>();
    for (String part : parts) {
      try {
        Optional<CallbackUrl> url = CallbackUrl.parse(part.trim());
        if (url.isEmpty()) {
          throw invalidUrl(base64, "'" + part + "' in callbackUrl is not an http or https URL");
        }
        urls.add(url.get());
      } catch (UnknownHostException e) {
        throw refused("Can not get ip by this host.", ARGUMENT, base64)
            .ec("0007-00000007")
            .because("the host of callbackUrl '" + part + "' has no address");
      }
    }
    return urls;
  }

  /**
   * Checks that every URL may be called. The checked address is used for the call; the host is not
   * resolved again.
   */
  private static void checkAddresses(List<CallbackUrl> urls, EmulatorRules rules) {
    if (rules.has(CALLBACK_ADDRESSES_ANY)) {
      return;
    }
    boolean loopback = rules.has(CALLBACK_ADDRESSES_LOOPBACK);
    for (CallbackUrl url : urls) {
      if (url.isPrivate() && !(loopback && url.isLoopback())) {
        throw refused("Private address is forbidden to callback.", "callbackUrl", url.toString())
            .ec("0007-00000008")
            .because(
                url
                    + " is a private address; to allow it, start the emulator with the rule "
                    + CALLBACK_ADDRESSES_ANY);
      }
    }
  }

  private static OssRefusedException invalidUrl(String base64, String why) {
    return refused("The callback url configuration is invalid.", ARGUMENT, base64)
        .ec("0007-00000004")
        .because(why);
  }

  private static String template(@Nullable Object sent, String base64) {
    if (sent == null || "".equals(sent)) {
      throw refused("The callback body is empty.", ARGUMENT, base64)
          .ec("0007-00000011")
          .because("callbackBody is missing or empty");
    }
    if (!(sent instanceof String text)) {
      throw refused("The callback body is invalid.", ARGUMENT, base64)
          .because("callbackBody is not a string");
    }
    return text;
  }

  private static boolean isJson(Object type, String base64) {
    if (!(type instanceof String text)) {
      throw refused("The callback body type configuration is invalid.", ARGUMENT, base64)
          .ec("0007-00000012")
          .because("callbackBodyType is not a string");
    }
    return switch (text) {
      case "application/json" -> true;
      case "application/x-www-form-urlencoded" -> false;
      default ->
          throw refused("The body type of callback is not supported.", ARGUMENT, base64)
              .because("callbackBodyType is '" + text + "'");
    };
  }

  private static OssError refused(String message, String argument, String value) {
    return OssError.invalidArgument(message, argument, value);
  }
}
