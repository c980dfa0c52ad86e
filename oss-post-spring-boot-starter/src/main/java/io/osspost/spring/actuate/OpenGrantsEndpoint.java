package io.osspost.spring.actuate;

import io.osspost.ledger.GrantState;
import io.osspost.ledger.LedgerReader;
import io.osspost.ledger.LedgerSummary;
import io.osspost.ledger.LedgerView;
import io.osspost.ledger.OpenGrant;
import io.osspost.ledger.StoreUnavailableException;
import io.osspost.ticket.GrantTerms;
import io.osspost.web.UploadEndpoints;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Shows operators the recorded grants that were not reported yet, the oldest first. No secrets. The
 * names of callers, and of objects, which often contain them, are shown like the values of other
 * endpoints.
 */
@Endpoint(id = "ossgrants")
final class OpenGrantsEndpoint {
  private static final int LIMIT = 100;

  private final UploadEndpoints endpoints;
  private final Show showValues;
  private final Set<String> roles;

  OpenGrantsEndpoint(UploadEndpoints endpoints, Show showValues, Set<String> roles) {
    this.endpoints = endpoints;
    this.showValues = showValues;
    this.roles = Set.copyOf(roles);
  }

  @ReadOperation
  Map<String, Object> grants(SecurityContext security) {
    Optional<LedgerReader> reader = endpoints.ledger().flatMap(LedgerView::reader);
    if (reader.isEmpty()) {
      return Map.of("recorded", endpoints.recordsGrants(), "grants", List.of());
    }
    try {
      return read(reader.get(), showValues.isShown(security, roles));
    } catch (StoreUnavailableException e) {
      return Map.of("recorded", true, "error", String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Object> read(LedgerReader reader, boolean shown) {
    LedgerSummary summary = reader.summary();
    Map<String, Object> grants = new LinkedHashMap<>();
    grants.put("recorded", true);
    grants.put("open", summary.waiting(GrantState.OPEN));
    grants.put("absent", summary.waiting(GrantState.ABSENT));
    grants.put("grants", reader.open(LIMIT).stream().map(open -> described(open, shown)).toList());
    return grants;
  }

  private static Map<String, Object> described(OpenGrant open, boolean shown) {
    GrantTerms terms = open.terms();
    Map<String, Object> grant = new LinkedHashMap<>();
    grant.put("id", terms.grantId().toString());
    grant.put("kind", terms.kind());
    grant.put("profile", terms.profile());
    grant.put("bucket", terms.bucket());
    terms.key().ifPresent(key -> grant.put("key", masked(key.value(), shown)));
    terms.caller().principal().ifPresent(name -> grant.put("caller", masked(name, shown)));
    grant.put("maxSize", terms.maxSize());
    grant.put("grantedAt", terms.firstGrantedAt().toString());
    grant.put("expiresAt", terms.expiresAt().toString());
    grant.put("dueAt", open.dueAt().toString());
    return grant;
  }

  private static String masked(String value, boolean shown) {
    return shown ? value : SanitizableData.SANITIZED_VALUE;
  }
}
