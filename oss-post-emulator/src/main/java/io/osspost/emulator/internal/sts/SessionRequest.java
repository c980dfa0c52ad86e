package io.osspost.emulator.internal.sts;

import io.osspost.emulator.internal.auth.AccessKey;
import io.osspost.emulator.internal.auth.Principal;
import io.osspost.emulator.internal.ram.MalformedPolicyException;
import io.osspost.emulator.internal.ram.Permissions;
import io.osspost.emulator.internal.ram.RamPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request for a session: role, name, duration and policy, the common parameters of all ways to
 * assume a role. Only its format has been checked. Immutable.
 */
final class SessionRequest {
  /** The limit since September 2022. The error message of STS still names the older limit. */
  private static final int LONGEST_POLICY = 2048;

  private static final Duration USUAL_LIFE = Duration.ofHours(1);
  private static final Pattern SESSION_NAME = Pattern.compile("[A-Za-z0-9.@_-]{2,64}");
  private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

  private final RoleArn role;
  private final String sessionName;
  private final Duration life;
  private final @Nullable RamPolicy policy;
  private final int policyLength;

  private SessionRequest(
      RoleArn role,
      String sessionName,
      Duration life,
      @Nullable RamPolicy policy,
      int policyLength) {
    this.role = role;
    this.sessionName = sessionName;
    this.life = life;
    this.policy = policy;
    this.policyLength = policyLength;
  }

  static SessionRequest read(StsCall call, Duration longest) throws StsRefusedException {
    String arn = call.required("RoleArn");
    String sessionName = call.required("RoleSessionName");
    Optional<RoleArn> role = RoleArn.of(arn);
    if (role.isEmpty()) {
      throw StsRefusedException.wronglyFormed(
          "RoleArn", "'" + arn + "' is not of the form acs:ram::<account>:role/<name>");
    }
    if (!SESSION_NAME.matcher(sessionName).matches()) {
      throw StsRefusedException.wronglyFormed(
          "RoleSessionName", "the session name is not 2 to 64 letters, digits and . @ _ -");
    }
    if (call.parameter("ExternalId").filter(id -> !EXTERNAL_ID.matcher(id).matches()).isPresent()) {
      throw StsRefusedException.wronglyFormed(
          "ExternalId", "the external ID is not 2 to 1224 letters, digits and + = , . @ : / - _");
    }
    Optional<String> policy = call.parameter("Policy");
    return new SessionRequest(
        role.get(),
        sessionName,
        life(call.parameter("DurationSeconds"), longest),
        policy.isPresent() ? policy(policy.get()) : null,
        policy.map(String::length).orElse(0));
  }

  RoleArn role() {
    return role;
  }

  String sessionName() {
    return sessionName;
  }

  /** Opens the session for a caller that may have it, if the role exists. */
  AccessKey open(Roles roles, Sessions sessions) throws StsRefusedException {
    Optional<RamPolicy> ofRole = roles.policy(role);
    if (ofRole.isEmpty()) {
      throw new StsRefusedException(
          404,
          "EntityNotExist.Role",
          "The specified Role not exists.",
          "there is no role '" + role + "'; known: " + roles.policies().keySet());
    }
    Permissions permissions = Permissions.ofRole(ofRole.get());
    Principal holder =
        new Principal(
            role.account(),
            role.role(),
            sessionName,
            policy == null ? permissions : permissions.within(policy));
    return sessions.open(holder, policyLength, life);
  }

  private static Duration life(Optional<String> seconds, Duration longest)
      throws StsRefusedException {
    if (seconds.isEmpty()) {
      return USUAL_LIFE;
    }
    boolean number = seconds.get().matches("\\d{1,9}");
    Duration life = number ? Duration.ofSeconds(Long.parseLong(seconds.get())) : Duration.ZERO;
    if (life.compareTo(Roles.SHORTEST_SESSION) < 0 || life.compareTo(longest) > 0) {
      throw new StsRefusedException(
          400,
          "InvalidParameter.DurationSeconds",
          "The Min/Max value of DurationSeconds is 15min/1hr.",
          "DurationSeconds is not within 900 and " + longest.toSeconds());
    }
    return life;
  }

  private static RamPolicy policy(String text) throws StsRefusedException {
    if (text.length() > LONGEST_POLICY) {
      throw new StsRefusedException(
          400,
          "InvalidParameter.PolicySize",
          "The size of Policy must be smaller than 1024 bytes.",
          "the policy has " + text.length() + " characters, of " + LONGEST_POLICY + " at most");
    }
    try {
      return RamPolicy.parse(text);
    } catch (MalformedPolicyException e) {
      throw new StsRefusedException(
          400,
          "InvalidParameter.PolicyGrammar",
          "The parameter Policy has not passed grammar check.",
          "the policy is malformed: " + e.getMessage());
    }
  }
}
