package io.osspost.emulator.internal.bucket;

import io.osspost.emulator.internal.object.XmlBody;
import io.osspost.emulator.internal.protocol.CorsRule;
import io.osspost.emulator.internal.protocol.CorsRules;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRefusedException;
import io.osspost.emulator.internal.protocol.Xml;
import io.osspost.emulator.internal.protocol.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads and writes CORS rules as XML.
 *
 * <p>Source: OSS documentation "PutBucketCors".
 */
public final class CorsDocument {
  static final Optional<String> MALFORMED = Optional.of("0034-00000002");
  private static final int MOST_RULES = 10;
  private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE", "HEAD");

  private CorsDocument() {}

  /** Reads rules, and rejects the ones that OSS would reject. */
  static CorsRules read(byte[] document) {
    XmlElement root = XmlBody.parse(document, "CORSConfiguration", MALFORMED);
    List<CorsRule> rules = new ArrayList<>();
    for (XmlElement rule : root.all("CORSRule")) {
      rules.add(rule(rule));
    }
    if (rules.isEmpty()) {
      throw malformed("there is no CORSRule");
    }
    if (rules.size() > MOST_RULES) {
      throw OssError.of(400, "CORSRuleBeyondLimit", "The CORS Rules num is beyond limit.")
          .because("there are " + rules.size() + " rules; OSS accepts " + MOST_RULES);
    }
    return new CorsRules(rules, root.texts("ResponseVary").contains("true"));
  }

  /** Writes the rules as the response of GetBucketCors. */
  public static String write(CorsRules rules) {
    Xml xml = Xml.root("CORSConfiguration");
    for (CorsRule rule : rules.rules()) {
      xml.open("CORSRule");
      rule.origins().forEach(origin -> xml.member("AllowedOrigin", origin));
      rule.methods().forEach(method -> xml.member("AllowedMethod", method));
      rule.headers().forEach(header -> xml.member("AllowedHeader", header));
      rule.exposed().forEach(header -> xml.member("ExposeHeader", header));
      rule.maxAgeSeconds().ifPresent(age -> xml.member("MaxAgeSeconds", Integer.toString(age)));
      xml.close("CORSRule");
    }
    return xml.member("ResponseVary", Boolean.toString(rules.responseVary())).end();
  }

  private static CorsRule rule(XmlElement rule) {
    List<String> origins = rule.texts("AllowedOrigin");
    List<String> methods = rule.texts("AllowedMethod");
    List<String> headers = rule.texts("AllowedHeader");
    List<String> exposed = rule.texts("ExposeHeader");
    if (origins.isEmpty() || methods.isEmpty()) {
      throw malformed("a rule needs AllowedOrigin and AllowedMethod");
    }
    if (!METHODS.containsAll(methods)) {
      throw malformed("a rule allows " + methods + "; OSS accepts " + METHODS);
    }
    if (origins.stream().anyMatch(CorsDocument::hasTwoStars)
        || headers.stream().anyMatch(CorsDocument::hasTwoStars)) {
      throw malformed("an AllowedOrigin or AllowedHeader has more than one '*'");
    }
    if (exposed.stream().anyMatch(header -> header.contains("*"))) {
      throw malformed("an ExposeHeader has a '*'");
    }
    return new CorsRule(origins, methods, headers, exposed, maxAge(rule));
  }

  private static OptionalInt maxAge(XmlElement rule) {
    List<String> ages = rule.texts("MaxAgeSeconds");
    if (ages.isEmpty()) {
      return OptionalInt.empty();
    }
    if (ages.size() > 1 || !ages.get(0).matches("[0-9]{1,9}")) {
      throw malformed("MaxAgeSeconds is " + ages + ", not one number of seconds");
    }
    return OptionalInt.of(Integer.parseInt(ages.get(0)));
  }

  private static boolean hasTwoStars(String text) {
    return text.indexOf('*') != text.lastIndexOf('*');
  }

  private static OssRefusedException malformed(String why) {
    return XmlBody.malformed(MALFORMED).because(why);
  }
}
