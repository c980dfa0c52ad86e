package io.osspost.spring.actuate;

import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.ledger.LedgerView;
import io.osspost.spring.SigningCredentials;
import io.osspost.web.UploadEndpoints;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The health of the endpoints, for any Boot version: of the credentials that sign, and of the
 * ledger if there is one.
 *
 * @param up whether both work
 * @param details without secrets
 */
record HealthReport(boolean up, Map<String, Object> details) {
  static HealthReport of(SigningCredentials signing, ObjectProvider<UploadEndpoints> endpoints) {
    return of(
        signing.provider(),
        Optional.ofNullable(endpoints.getIfAvailable()).flatMap(UploadEndpoints::ledger));
  }

  static HealthReport of(OssCredentialsProvider signing, Optional<LedgerView> ledger) {
    CredentialsReport credentials = CredentialsReport.of(signing);
    Map<String, Object> details = new LinkedHashMap<>(credentials.details());
    Optional<LedgerReport> report = ledger.map(LedgerReport::of);
    report.ifPresent(found -> details.put("ledger", found.details()));
    boolean ledgerWorks = report.map(LedgerReport::working).orElse(true);
    return new HealthReport(credentials.available() && ledgerWorks, details);
  }
}
