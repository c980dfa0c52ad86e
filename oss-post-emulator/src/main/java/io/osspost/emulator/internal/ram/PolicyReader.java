package io.osspost.emulator.internal.ram;

import io.osspost.emulator.internal.json.JsonTree;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of a policy strictly: a misspelt member must not silently change the policy. */
final class PolicyReader {
  private static final Set<String> STATEMENT =
      Set.of("Effect", "Action", "NotAction", "Resource", "NotResource", "Condition");

  private PolicyReader() {}

  static RamPolicy read(String json) throws MalformedPolicyException {
    Map<String, Object> policy = object("policy", parse(json), Set.of("Version", "Statement"));
    if (!"1".equals(policy.get("Version"))) {
      throw new MalformedPolicyException("Version must be \"1\"");
    }
    if (!(policy.get("Statement") instanceof List<?> items) || items.isEmpty()) {
      throw new MalformedPolicyException("Statement must be an array with at least one statement");
    }
    List<Statement> statements = new ArrayList<>();
    for (Object item : items) {
      statements.add(statement(object("statement", item, STATEMENT)));
    }
    return new RamPolicy(statements);
  }

  private static Statement statement(Map<String, Object> members) throws MalformedPolicyException {
    boolean exceptActions = oneOf(members, "NotAction", "Action");
    boolean exceptResources = oneOf(members, "NotResource", "Resource");
    List<Wildcard> actions = new ArrayList<>();
    for (String action : texts(exceptActions ? "NotAction" : "Action", members)) {
      if (!action.equals("*") && !action.matches("[A-Za-z0-9-]+:[A-Za-z0-9*?]+")) {
        throw new MalformedPolicyException("'" + action + "' is not an action");
      }
      actions.add(new Wildcard(action.toLowerCase(Locale.ROOT)));
    }
    List<ResourcePattern> resources = new ArrayList<>();
    for (String resource : texts(exceptResources ? "NotResource" : "Resource", members)) {
      if (!resource.equals("*") && !resource.startsWith("acs:")) {
        throw new MalformedPolicyException(
            "'" + resource + "' is not a resource; a resource begins with acs:");
      }
      resources.add(new ResourcePattern(resource));
    }
    return new Statement(
        effect(members.get("Effect")),
        exceptActions,
        actions,
        exceptResources,
        resources,
        members.containsKey("Condition") ? conditions(members.get("Condition")) : List.of());
  }

  private static Statement.Effect effect(@Nullable Object effect) throws MalformedPolicyException {
    if ("Allow".equals(effect)) {
      return Statement.Effect.ALLOW;
    }
    if ("Deny".equals(effect)) {
      return Statement.Effect.DENY;
    }
    throw new MalformedPolicyException("Effect must be \"Allow\" or \"Deny\"");
  }

  private static List<Condition> conditions(@Nullable Object block)
      throws MalformedPolicyException {
    List<Condition> conditions = new ArrayList<>();
    for (Map.Entry<String, Object> operator : object("Condition", block, null).entrySet()) {
      Map<String, Object> keys = object(operator.getKey(), operator.getValue(), null);
      for (String key : keys.keySet()) {
        try {
          conditions.add(new Condition(Operator.named(operator.getKey()), key, texts(key, keys)));
        } catch (IllegalArgumentException e) {
          throw new MalformedPolicyException(
              "condition " + operator.getKey() + " of " + key + ": " + e.getMessage(), e);
        }
      }
    }
    return conditions;
  }

  /** Returns whether the first of two members exists. Exactly one of them must. */
  private static boolean oneOf(Map<String, Object> members, String first, String second)
      throws MalformedPolicyException {
    if (members.containsKey(first) == members.containsKey(second)) {
      throw new MalformedPolicyException(
          "a statement must have exactly one of " + second + " and " + first);
    }
    return members.containsKey(first);
  }

  /** Reads a text, or an array of at least one. */
  private static List<String> texts(String name, Map<String, Object> members)
      throws MalformedPolicyException {
    Object value = members.get(name);
    List<?> items =
        value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    List<String> texts = new ArrayList<>();
    for (Object item : items) {
      texts.add(text(name, item));
    }
    if (texts.isEmpty()) {
      throw new MalformedPolicyException(name + " is empty");
    }
    return texts;
  }

  /** Numbers and booleans are read as texts. */
  private static String text(String name, Object item) throws MalformedPolicyException {
    if (item instanceof String || item instanceof BigDecimal || item instanceof Boolean) {
      return item.toString();
    }
    throw new MalformedPolicyException(name + " contains a value that is not a text");
  }

  private static Map<String, Object> object(
      String what, @Nullable Object value, @Nullable Set<String> known)
      throws MalformedPolicyException {
    if (!(value instanceof Map<?, ?> map)) {
      throw new MalformedPolicyException("the " + what + " is not an object");
    }
    Map<String, Object> members = new LinkedHashMap<>();
    for (Map.Entry<?, ?> member : map.entrySet()) {
      String name = String.valueOf(member.getKey());
      if (known != null && !known.contains(name)) {
        throw new MalformedPolicyException("the " + what + " has an unknown member '" + name + "'");
      }
      members.put(name, member.getValue());
    }
    return members;
  }

  private static Object parse(String json) throws MalformedPolicyException {
    try {
      return JsonTree.strict(json);
    } catch (IOException e) {
      throw new MalformedPolicyException("it is not JSON: " + e.getMessage(), e);
    }
  }
}
