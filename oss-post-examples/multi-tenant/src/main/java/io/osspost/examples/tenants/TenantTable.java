package io.osspost.examples.tenants;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of tenants. A real application would encrypt the secrets of the keys. */
@Component
class TenantTable {
  private static final String COLUMNS =
      "name, bucket, region, endpoint, key_id, key_secret, max_size, revision";

  private final JdbcClient jdbc;

  TenantTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Tenant> find(String name) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM tenant WHERE name = ?")
        .param(name)
        .query(Tenant.class)
        .optional();
  }

  List<Tenant> all() {
    return jdbc.sql("SELECT " + COLUMNS + " FROM tenant ORDER BY name").query(Tenant.class).list();
  }

  /** Adds a tenant, or changes it. Every change increases the revision. */
  void save(
      String name,
      String bucket,
      String region,
      String endpoint,
      String keyId,
      String keySecret,
      long maxSize) {
    int changed =
        jdbc.sql(
                "UPDATE tenant SET bucket = ?, region = ?, endpoint = ?, key_id = ?,"
                    + " key_secret = ?, max_size = ?, revision = revision + 1 WHERE name = ?")
            .params(bucket, region, endpoint, keyId, keySecret, maxSize, name)
            .update();
    if (changed == 0) {
      jdbc.sql("INSERT INTO tenant (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, 1)")
          .params(name, bucket, region, endpoint, keyId, keySecret, maxSize)
          .update();
    }
  }
}
