package io.osspost.emulator.internal.auth;

import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRefusedException;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.ram.Decision;
import io.osspost.emulator.internal.ram.RamRequest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks that RAM allows a request. A permanent key has all permissions. A key from STS has the
 * permissions that both its session policy and the policy of its role allow. Thread-safe.
 *
 * <p>Source: RAM documentation "Policy evaluation process", OSS documentation "Authentication" and
 * the pages of EC 0003-00000201 and 0003-00000301.
 */
public final class Authorizer {
  private final String region;
  private final String account;
  private final Clock clock;

  /**
   * Creates an authorizer.
   *
   * @param account the digits of the account that owns the buckets
   */
  public Authorizer(String region, String account, Clock clock) {
    this.region = region;
    this.account = account;
    this.clock = clock;
  }

  /**
   * Returns whether RAM allows {@code request} for {@code signer}. If not, an ACL may still allow
   * it, as for anonymous requests.
   *
   * @throws OssRefusedException if a policy denies it, which no ACL can override
   */
  public boolean allows(Optional<AccessKey> signer, OssRequest request) {
    return allows(signer, request, RequiredAction.of(request));
  }

  /**
   * Returns whether RAM allows {@code signer} to read an object that the URL does not name, such as
   * the source of a copy. Throws like {@link #allows(Optional, OssRequest)}.
   */
  public boolean allowsReading(
      Optional<AccessKey> signer, OssRequest request, String bucket, String key) {
    return allows(signer, request, List.of(RequiredAction.read(bucket, key)));
  }

  /**
   * Returns whether RAM allows {@code signer} to delete one of several objects. Throws like {@link
   * #allows(Optional, OssRequest)}.
   */
  public boolean allowsDeleting(Optional<AccessKey> signer, OssRequest request, String key) {
    return allows(signer, request, List.of(RequiredAction.delete(request.bucket(), key)));
  }

  /**
   * Returns whether RAM allows {@code signer} to upload {@code key} with a form that sets {@code
   * acl}. Throws like {@link #allows(Optional, OssRequest)}.
   */
  public boolean allowsForm(
      AccessKey signer, OssRequest request, String key, Optional<String> acl) {
    return allows(
        Optional.of(signer), request, List.of(RequiredAction.form(request.bucket(), key, acl)));
  }

  private boolean allows(
      Optional<AccessKey> signer, OssRequest request, List<RequiredAction> intents) {
    if (signer.isEmpty()) {
      return false;
    }
    Optional<Principal> holder = signer.get().principal();
    if (holder.isEmpty()) {
      return true;
    }
    boolean allowed = true;
    for (RequiredAction intent : intents) {
      RamRequest wanted =
          new RamRequest(
              intent.action(),
              intent.resource(region, account),
              context(signer.get(), request, intent));
      allowed &= decide(holder.get(), wanted) == Decision.ALLOW;
    }
    return allowed;
  }

  /**
   * Returns the decision of the role. Throws if the session policy does not allow the request, or
   * if the role denies it.
   */
  private static Decision decide(Principal holder, RamRequest wanted) {
    Decision bySession = holder.permissions().bySession(wanted).orElse(Decision.ALLOW);
    if (bySession != Decision.ALLOW) {
      OssError error =
          OssError.of(403, "AccessDenied", "Access denied by authorizer's policy.")
              .ec("0003-00000301");
      throw detailed(error, "SessionPolicy", holder, bySession, wanted)
          .because("the session policy " + described(bySession, holder, wanted));
    }
    Decision byRole = holder.permissions().byRole(wanted);
    if (byRole == Decision.EXPLICIT_DENY) {
      OssError error =
          OssError.of(403, "AccessDenied", "Access denied by bucket policy.").ec("0003-00000201");
      throw detailed(error, "AccountLevelIdentityBasedPolicy", holder, byRole, wanted)
          .because("the role " + described(byRole, holder, wanted));
    }
    return byRole;
  }

  private static OssError detailed(
      OssError error, String policyType, Principal holder, Decision decision, RamRequest wanted) {
    String type = decision == Decision.EXPLICIT_DENY ? "ExplicitDeny" : "ImplicitDeny";
    return error
        .member("AccessDeniedDetail/PolicyType", policyType)
        .member("AccessDeniedDetail/AuthPrincipalOwnerId", holder.account())
        .member("AccessDeniedDetail/AuthPrincipalType", "AssumedRoleUser")
        .member("AccessDeniedDetail/AuthPrincipalDisplayName", holder.displayName())
        .member("AccessDeniedDetail/NoPermissionType", type)
        .member("AccessDeniedDetail/AuthAction", wanted.action());
  }

  private static String described(Decision decision, Principal holder, RamRequest wanted) {
    return (decision == Decision.EXPLICIT_DENY ? "denies '" : "does not allow '")
        + holder.displayName()
        + "' "
        + wanted.action()
        + " on "
        + wanted.resource();
  }

  private Map<String, String> context(AccessKey signer, OssRequest request, RequiredAction intent) {
    Map<String, String> context = new LinkedHashMap<>(intent.context());
    context.put("acs:SourceIp", request.clientIp());
    context.put("acs:CurrentTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    context.put("acs:SecureTransport", "false");
    context.put("acs:MFAPresent", "false");
    context.put("acs:AccessId", signer.id());
    request.header("User-Agent").ifPresent(agent -> context.put("acs:UserAgent", agent));
    return context;
  }
}
