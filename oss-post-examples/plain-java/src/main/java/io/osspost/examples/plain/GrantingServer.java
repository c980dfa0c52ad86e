package io.osspost.examples.plain;

import io.osspost.Download;
import io.osspost.DownloadLink;
import io.osspost.GrantKind;
import io.osspost.PostFormat;
import io.osspost.PostGrant;
import io.osspost.PutFormat;
import io.osspost.PutGrant;
import io.osspost.TokenGrant;
import io.osspost.UploadGrants;
import io.osspost.UploadOffer;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenScope;
import io.osspost.credentials.TokenVendor;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.FileName;
import io.osspost.profile.KeyNaming;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadVars;
import io.osspost.sign.SignatureVersion;
import io.osspost.ticket.CallbackParameter;
import io.osspost.ticket.UploadTickets;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Grants uploads from the application's own code, without settings and without HTTP. */
public final class GrantingServer {
  private final UploadGrants grants;

  /** Grants pictures with every kind of grant, under one profile. */
  public GrantingServer(
      OssCredentialsProvider credentials, TokenVendor vendor, UploadTickets tickets) {
    UploadProfile pictures =
        UploadProfile.builder("pictures")
            .dir("pictures/{principal}/")
            .contentTypes(List.of("image/*"))
            .maxSize(2L << 20)
            .naming(new Dated())
            .build();
    this.grants =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(credentials)
            .tokens(vendor)
            .tickets(tickets)
            .signatureVersion(SignatureVersion.V4)
            .optionalCallback(true)
            .callback(
                CallbackParameter.builder(URI.create("https://app.example/oss_upload_callback"))
                    .reportUploads()
                    .build())
            .profile(
                pictures.toBuilder().callback(true).build(),
                Set.of(GrantKind.POST, GrantKind.PUT, GrantKind.TOKEN),
                List.of(PostFormat.FORM, PostFormat.V4),
                List.of(PutFormat.FORM))
            .build();
  }

  /** The bucket and kinds of each profile, for a page of the operator. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    for (UploadOffer offer : grants.offers()) {
      text.append(offer.profile().name()).append(" -> ").append(offer.bucket().name());
      text.append(' ').append(offer.kinds()).append('\n');
    }
    return text.toString();
  }

  /** Returns a form for one picture, or the reason for the refusal. */
  public String form(String user, String filename, long size) {
    Caller caller = Caller.named(user);
    try {
      PlannedUpload picture = PlannedUpload.of(filename).size(size).type("image/png");
      PostGrant grant = grants.post("pictures", PostFormat.FORM, caller, picture);
      return grant.url() + " " + grant.fields().keySet();
    } catch (UploadRefusedException e) {
      return e.reason().code() + ": " + e.fact() + " " + e.fix();
    } catch (CredentialsUnavailableException e) {
      return "Try again later: " + e.getMessage();
    }
  }

  /** Returns a presigned URL for one picture. */
  public URI url(String user, String filename) {
    PutGrant grant =
        grants.put("pictures", PutFormat.FORM, Caller.named(user), PlannedUpload.of(filename));
    return grant.url();
  }

  /** Returns the directory of the user's token. */
  public String directory(String user) {
    TokenGrant grant = grants.token("pictures", Caller.named(user));
    return grant.prefix();
  }

  /** Returns a link to a stored picture. */
  public URI link(String key) {
    DownloadLink link = grants.link("pictures", new ObjectKey(key), Duration.ofMinutes(5));
    return link.url();
  }

  /** Returns a link under which a browser saves a picture with its original name. */
  public URI download(String key, String name) {
    return grants.link("pictures", Download.of(new ObjectKey(key)).savedAs(name)).url();
  }

  /** Returns a file with the number of its order, which the listener receives with the upload. */
  public static PlannedUpload receipt(String filename, long order) {
    return PlannedUpload.of(filename).vars(UploadVars.of(Map.of("order", String.valueOf(order))));
  }

  /** Vends tokens, in place of a vendor that would fetch them from STS. */
  public static TokenVendor vendorOf(OssCredentialsProvider temporary) {
    return new Vendor(temporary);
  }

  private record Vendor(OssCredentialsProvider temporary) implements TokenVendor {
    @Override
    public OssCredentials vend(TokenScope scope) {
      return temporary.resolve();
    }
  }

  /** Names objects by the second of the grant. */
  private static final class Dated implements KeyNaming {
    @Override
    public String name(Caller caller, FileName file, Instant now) {
      return now.getEpochSecond() + file.extension();
    }
  }
}
