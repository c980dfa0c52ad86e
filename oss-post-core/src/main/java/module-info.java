/** Grants direct uploads to Alibaba Cloud OSS. Start at {@link io.osspost.UploadGrants}. */
module io.osspost.core {
  requires java.xml;
  requires static org.jspecify;

  exports io.osspost;
  exports io.osspost.callback;
  exports io.osspost.credentials;
  exports io.osspost.ledger;
  exports io.osspost.multipart;
  exports io.osspost.object;
  exports io.osspost.policy;
  exports io.osspost.profile;
  exports io.osspost.settings;
  exports io.osspost.sign;
  exports io.osspost.spi;
  exports io.osspost.ticket;
  exports io.osspost.web;

  uses io.osspost.spi.CredentialsType;
  uses io.osspost.spi.RateStoreType;
  uses io.osspost.spi.StoreType;
  uses io.osspost.spi.TokenVendorType;
}
