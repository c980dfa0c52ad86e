package io.osspost.emulator.internal.sts;

import static java.lang.System.Logger.Level.INFO;

import io.osspost.emulator.fault.Fault;
import io.osspost.emulator.fault.Faults;
import io.osspost.emulator.internal.auth.AccessKey;
import io.osspost.emulator.internal.auth.AccessKeys;
import io.osspost.emulator.internal.auth.Principal;
import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.http.HttpHandler;
import io.osspost.emulator.internal.http.HttpRequest;
import io.osspost.emulator.internal.ram.Decision;
import io.osspost.emulator.internal.ram.Permissions;
import io.osspost.emulator.internal.ram.RamRequest;
import io.osspost.emulator.journal.Journal;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * STS: AssumeRole and AssumeRoleWithOIDC. Accepts any path, and parameters in the query, in a form,
 * or in both. Thread-safe.
 *
 * <p>Source: STS documentation "AssumeRole", "AssumeRoleWithOIDC", "Common parameters" and
 * "Responses".
 */
public final class StsService implements HttpHandler {
  private static final System.Logger LOG = System.getLogger("io.osspost.emulator");
  private static final String VERSION = "2015-04-01";

  private final Roles roles;
  private final Sessions sessions;
  private final OidcTokens oidc;
  private final CallVerifier verifier;
  private final CallLimit limit;
  private final Journal journal;
  private final Faults faults;
  private final Clock clock;

  public StsService(
      AccessKeys keys,
      Roles roles,
      Sessions sessions,
      CallLimit limit,
      Journal journal,
      Faults faults,
      Clock clock) {
    this.roles = roles;
    this.sessions = sessions;
    this.oidc = new OidcTokens(roles.oidcTokens());
    this.verifier = new CallVerifier(keys, clock);
    this.limit = limit;
    this.journal = journal;
    this.faults = faults;
    this.clock = clock;
  }

  @Override
  public HttpAnswer answer(HttpRequest request) {
    String requestId = UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
    boolean json = true;
    String action = "";
    HttpAnswer answer;
    try {
      StsCall call = StsCall.read(request);
      action = call.common("Action", "x-acs-action").orElse("");
      json = isJson(call);
      answer = answer(call, json, requestId);
      record(requestId, action, 200, Optional.empty(), "");
    } catch (StsRefusedException e) {
      LOG.log(
          INFO,
          () -> "STS [" + requestId + "] refused, " + e.status() + " " + e.code() + ": " + e.why());
      answer = refusal(e, json, requestId, request.header("Host").orElse(""));
      record(requestId, action, e.status(), Optional.of(e.code()), e.why());
    }
    // Clients use this header to measure the difference between the clocks.
    return answer.with(
        "Date",
        DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC).format(clock.instant()));
  }

  private HttpAnswer answer(StsCall call, boolean json, String requestId)
      throws StsRefusedException {
    Optional<Fault.Refusal> fault = faults.take(Fault.Refusal.class, Faults.STS);
    if (fault.isPresent()) {
      Fault.Refusal error = fault.get();
      throw new StsRefusedException(
          error.status(), error.code(), error.message(), "a fault rejects this call");
    }
    String action = action(call);
    if (!limit.admits()) {
      throw new StsRefusedException(
          400,
          "Throttling.User",
          "Request was denied due to user flow control.",
          "more calls per second than the limit allows");
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("RequestId", requestId);
    members.putAll(
        action.equals("AssumeRole") ? assumeRole(call) : oidc.assumeRole(call, roles, sessions));
    return StsAnswers.document(json, 200, action + "Response", members);
  }

  private void record(
      String requestId, String action, int status, Optional<String> code, String why) {
    journal.record(
        requestId, (Faults.STS + " " + action).trim(), "", "", status, code, Optional.empty(), why);
  }

  private Map<String, Object> assumeRole(StsCall call) throws StsRefusedException {
    AccessKey caller = verifier.caller(call);
    SessionRequest request = SessionRequest.read(call, roles.longestSession());
    checkMayAssume(caller, request);
    return StsAnswers.session(request, request.open(roles, sessions));
  }

  /**
   * Checks that the caller may assume the role. Every role trusts all permanent keys. A temporary
   * key needs the permission.
   */
  private static void checkMayAssume(AccessKey caller, SessionRequest request)
      throws StsRefusedException {
    Optional<Permissions> permissions = caller.principal().map(Principal::permissions);
    RamRequest wanted =
        new RamRequest(
            "sts:AssumeRole", request.role().toString(), Map.of("acs:AccessId", caller.id()));
    if (permissions.filter(held -> held.decide(wanted) != Decision.ALLOW).isPresent()) {
      throw StsRefusedException.noPermission(
          "the session of '" + caller.id() + "' does not permit sts:AssumeRole");
    }
  }

  private static String action(StsCall call) throws StsRefusedException {
    String action = required(call, "Action", "x-acs-action");
    String version = required(call, "Version", "x-acs-version");
    if (!version.equals(VERSION)) {
      throw new StsRefusedException(
          400,
          "InvalidVersion",
          "Specified parameter Version is not valid.",
          "the version is not " + VERSION);
    }
    boolean known = action.equals("AssumeRole") || action.equals("AssumeRoleWithOIDC");
    boolean method = call.method().equals("GET") || call.method().equals("POST");
    if (!known || !method) {
      throw new StsRefusedException(
          404,
          "InvalidApi.NotFound",
          "Specified api is not found, please check your url and method.",
          "there is no " + call.method() + " " + action);
    }
    return action;
  }

  private static String required(StsCall call, String parameter, String header)
      throws StsRefusedException {
    Optional<String> value = call.common(parameter, header);
    if (value.isEmpty()) {
      throw StsRefusedException.missing(parameter);
    }
    return value.get();
  }

  /** Documents disagree about a missing {@code Format}; the newer ones say JSON. */
  private static boolean isJson(StsCall call) throws StsRefusedException {
    String format = call.parameter("Format").orElse("JSON");
    if (!format.equalsIgnoreCase("JSON") && !format.equalsIgnoreCase("XML")) {
      throw new StsRefusedException(
          400,
          "InvalidParameter.Format",
          "Specified parameter format is not valid.",
          "the format is neither JSON nor XML");
    }
    return format.equalsIgnoreCase("JSON");
  }

  private static HttpAnswer refusal(
      StsRefusedException refusal, boolean json, String requestId, String host) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("RequestId", requestId);
    members.put("HostId", host);
    members.put("Code", refusal.code());
    members.put("Message", String.valueOf(refusal.getMessage()));
    members.put(
        "Recommend", "https://api.aliyun.com/troubleshoot?q=" + refusal.code() + "&product=Sts");
    return StsAnswers.document(json, refusal.status(), "Error", members);
  }
}
