package io.osspost.examples.tenants;

import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The tenants and their uploads, for the page. A real application would require a login. */
@RestController
class TenantController {
  private final TenantTable table;
  private final TenantUploads uploads;

  TenantController(TenantTable table, TenantUploads uploads) {
    this.table = table;
    this.uploads = uploads;
  }

  /** A tenant without its key. */
  record View(String name, String bucket, long maxSize, long revision) {
    static View of(Tenant tenant) {
      return new View(tenant.name(), tenant.bucket(), tenant.maxSize(), tenant.revision());
    }
  }

  @GetMapping("/tenants")
  List<View> tenants() {
    return table.all().stream().map(View::of).toList();
  }

  @PostMapping("/tenants")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void save(
      @RequestParam("name") String name,
      @RequestParam("bucket") String bucket,
      @RequestParam("keyId") String keyId,
      @RequestParam("keySecret") String keySecret,
      @RequestParam(name = "endpoint", defaultValue = "") String endpoint,
      @RequestParam(name = "maxSize", defaultValue = "10485760") long maxSize) {
    table.save(name, bucket, "cn-hangzhou", endpoint, keyId, keySecret, maxSize);
  }

  @GetMapping("/uploads")
  List<TenantUploads.Upload> uploads(@RequestHeader("Host") String host) {
    Optional<String> tenant = TenantProfiles.tenantOf(host);
    return tenant.map(uploads::of).orElse(List.of());
  }
}
