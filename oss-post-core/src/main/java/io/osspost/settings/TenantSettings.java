package io.osspost.settings;

import io.osspost.UploadGrants;
import io.osspost.object.EndpointRules;
import java.util.Optional;

/**
 * The settings of profiles that a source finds at run time.
 *
 * @param rules the addresses that their buckets may have
 * @param cachedProfiles the number of cached profiles, if it is set
 */
record TenantSettings(EndpointRules rules, Optional<Integer> cachedProfiles) {
  static TenantSettings read(SettingReader reader) {
    return new TenantSettings(
        reader
            .value(
                "tenants.endpoints",
                text -> EndpointRules.official().allowing(SettingReader.list(text)))
            .orElseGet(EndpointRules::official),
        reader.value("tenants.cached-profiles", TenantSettings::count));
  }

  void applyTo(UploadGrants.Builder grants) {
    grants.endpointRules(rules);
    cachedProfiles.ifPresent(grants::cachedProfiles);
  }

  private static int count(String text) {
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a number of profiles. Write 1 to 999999.");
    }
    return Integer.parseInt(text);
  }
}
