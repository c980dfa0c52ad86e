package io.osspost.spring;

import io.osspost.GrantKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties under {@code oss.post}.
 *
 * @param bucket Name of the bucket uploads go to. Required.
 * @param region Region of the bucket, such as cn-hangzhou. Required.
 * @param endpoint Where browsers reach the bucket: internal, accelerate, an own domain or another
 *     endpoint as a URL. The bucket's public address unless set.
 * @param serverEndpoint Address at which this server reaches the bucket: public, internal or a URL.
 *     Defaults to the bucket's public OSS host, or to its internal one or its URL in path style.
 * @param credentials What signs.
 * @param token What clients get that upload with an SDK.
 * @param signatureVersion Signature of URLs and of format form: v4, or v1 for private clouds.
 * @param pin Which fields of a form are sent and pinned: all, or documented for those the vendor
 *     documents as targets of conditions.
 * @param mark Whether objects carry the id of their grant as x-oss-meta-grant, where the format
 *     can.
 * @param allowAnonymous Whether callers who are not logged in may upload.
 * @param authorizer Who decides about callers: the name of a bean, or the full name of a class,
 *     that is a CallerAuthorizer. The only bean of that type unless set.
 * @param rateLimit What limits how often callers ask: the name of a bean or class that is a
 *     RateLimit. The only bean of that type unless set.
 * @param uploadListener Who hears of verified callbacks: the name of a bean or class that is an
 *     UploadListener. Every bean of that type unless set.
 * @param naming How objects are named in profiles that do not say: uuid, date-uuid, as-named, or
 *     the name of a bean or class that is a KeyNaming. By uuid unless set.
 * @param pathPrefix What stands before every path of the endpoints, such as /api.
 * @param cors Pages of other sites.
 * @param callback Whether and how OSS calls back after uploads.
 * @param emulator An OSS inside this process, for development and tests.
 * @param profiles What may be uploaded, by the name of the profile. Requests that name none use the
 *     profile named default. One of that name unless set.
 */
@ConfigurationProperties(prefix = "oss.post", ignoreUnknownFields = false)
public record OssPostProperties(
    @Nullable String bucket,
    @Nullable String region,
    @Nullable String endpoint,
    @Nullable String serverEndpoint,
    @DefaultValue Credentials credentials,
    @DefaultValue Token token,
    @DefaultValue("v4") String signatureVersion,
    @DefaultValue("all") String pin,
    @DefaultValue("true") boolean mark,
    @DefaultValue("false") boolean allowAnonymous,
    @Nullable String authorizer,
    @Nullable String rateLimit,
    @Nullable String uploadListener,
    @Nullable String naming,
    @DefaultValue("") String pathPrefix,
    @DefaultValue Cors cors,
    @DefaultValue Callback callback,
    @DefaultValue Emulator emulator,
    @DefaultValue Map<String, Profile> profiles) {

  /**
   * What signs.
   *
   * @param type Where the credentials come from: env reads the environment variables of the
   *     vendor's tools, static the properties beside this one. With oss-post-sts also sts, ecs,
   *     oidc, uri, cli-profile and chain.
   * @param accessKeyId Id of the AccessKey, for type static. None unless set.
   * @param accessKeySecret Secret of the AccessKey, for type static. None unless set.
   * @param securityToken Security token of temporary credentials, for type static. None unless set.
   * @param roleArn ARN of the role that signs, for types sts and oidc. That of the variable
   *     OSS_STS_ROLE_ARN unless set.
   * @param sessionName What the account's audit logs call the role's sessions. Is oss-post unless
   *     set.
   * @param duration How long a session of the role lives. 1 hour unless set.
   * @param externalId What the role's trust policy asks of callers from other accounts. None unless
   *     set.
   * @param stsEndpoint Where STS is asked: a host, or region or vpc for those of the bucket's
   *     region. The one for all regions unless set.
   * @param source Type whose credentials assume the role, for type sts. Is env unless set.
   * @param roleName Name of the instance's role, for type ecs. The one it has unless set.
   * @param metadataV1 Whether to ask an instance without a token where it gives none, for type ecs.
   * @param metadataEndpoint Where the metadata service is, for emulators. The instance's own unless
   *     set.
   * @param oidcProviderArn ARN of the identity provider, for type oidc. That of the variable
   *     ALIBABA_CLOUD_OIDC_PROVIDER_ARN unless set.
   * @param oidcTokenFile File that holds the pod's token, for type oidc. That of the variable
   *     ALIBABA_CLOUD_OIDC_TOKEN_FILE unless set.
   * @param uri Who answers with credentials as JSON, for type uri. That of the variable
   *     ALIBABA_CLOUD_CREDENTIALS_URI unless set.
   * @param profile Profile of the aliyun command, for type cli-profile. The current one unless set.
   */
  public record Credentials(
      @DefaultValue("env") String type,
      @Nullable String accessKeyId,
      @Nullable String accessKeySecret,
      @Nullable String securityToken,
      @Nullable String roleArn,
      @Nullable String sessionName,
      @Nullable Duration duration,
      @Nullable String externalId,
      @Nullable String stsEndpoint,
      @Nullable String source,
      @Nullable String roleName,
      @Nullable Boolean metadataV1,
      @Nullable String metadataEndpoint,
      @Nullable String oidcProviderArn,
      @Nullable String oidcTokenFile,
      @Nullable String uri,
      @Nullable String profile) {

    /** Names the type and the key, never the secret or the token. */
    @Override
    public String toString() {
      return "Credentials[" + type + (accessKeyId == null ? "]" : ", " + accessKeyId + "]");
    }
  }

  /**
   * What clients get that upload with an SDK.
   *
   * @param roleArn ARN of the role whose tokens profiles grant; needs oss-post-sts. None unless
   *     set.
   */
  public record Token(@Nullable String roleArn) {}

  /**
   * Pages of other sites.
   *
   * @param allowedOrigins Origins whose pages may ask for grants, such as https://www.example.com.
   *     None unless set.
   */
  public record Cors(@DefaultValue List<String> allowedOrigins) {}

  /**
   * Whether and how OSS calls back after uploads.
   *
   * @param url Where OSS reaches this application; further URLs are tried in order. No callbacks
   *     unless set.
   * @param confirm Whether an upload is reported only after the server has seen the object: auto,
   *     required or off. Defaults to auto: if the credentials permit oss:GetObject.
   * @param optional Whether profiles whose kinds or formats cannot carry the callback go without
   *     it. Defaults to false: they fail at startup.
   * @param publicPath Path OSS signs, where it is not the one of the first URL. That one unless
   *     set.
   * @param bodyType How OSS writes the body: application/json or application/x-www-form-urlencoded.
   *     JSON unless set.
   * @param ticketSecret What several processes recognise each other's grants by: 32 characters or
   *     more. Random for each process unless set.
   * @param publicKey Public keys that callbacks may be signed with, in PEM, one after the other:
   *     for private clouds and emulators. Defaults to the key of OSS.
   */
  public record Callback(
      @DefaultValue List<String> url,
      @Nullable String confirm,
      @Nullable Boolean optional,
      @Nullable String publicPath,
      @Nullable String bodyType,
      @Nullable String ticketSecret,
      @Nullable String publicKey) {

    /** Names the URL, never the ticket secret. */
    @Override
    public String toString() {
      return "Callback" + url;
    }
  }

  /**
   * An OSS inside this process, for development and tests.
   *
   * @param enabled Whether to start one where no bucket is set; needs oss-post-emulator.
   */
  public record Emulator(@DefaultValue("false") boolean enabled) {}

  /**
   * What may be uploaded.
   *
   * @param dir Directory uploads go to, with {principal}, {date} and {uuid}.
   * @param wholeBucket Whether uploads may go anywhere in the bucket, instead of into a directory.
   * @param minSize Smallest file admitted. 1 byte unless set.
   * @param maxSize Largest file admitted. 10MB unless set.
   * @param contentTypes Media types admitted; image/* stands for the common ones of that kind.
   *     Common images, audio, video, documents and archives unless set.
   * @param validity How long a grant lives. 10 minutes unless set.
   * @param grants Kinds of grant the profile gives: post, put, token. Post unless set.
   * @param formats Formats of the answer that are offered, the default one first: form, v4, v1 and
   *     legacy for post, form and text for put.
   * @param naming How objects are named: uuid, date-uuid, as-named, or the name of a bean or class
   *     that is a KeyNaming. As oss.post.naming says unless set.
   * @param requireFilename Whether the client must name the file.
   * @param forbidOverwrite Whether an upload may not replace an object of the same name. True where
   *     the server names the object, unless set.
   * @param successStatus Status OSS answers a stored upload with: 200, 201 or 204. 200 unless set.
   * @param successRedirect Page OSS sends the browser to after a stored upload; of an origin in
   *     oss.post.cors.allowed-origins. None unless set.
   * @param acl ACL of the object: default, private, public-read or public-read-write.
   * @param storageClass Storage class of the object, such as IA. The bucket's unless set.
   * @param disposition Content-Disposition the object is served with, such as attachment. None
   *     unless set.
   * @param metadata User metadata of the object, by name. None unless set.
   * @param callback Whether OSS calls back after uploads of this profile. Defaults to true.
   * @param multipart Whether security tokens may upload in parts.
   * @param roles Roles one of which a caller must have: authorities of Spring Security, with or
   *     without ROLE_. Any caller will do unless set.
   * @param bucket Bucket of this profile's own. That of oss.post.bucket unless set.
   * @param region Region of that bucket. That of oss.post.region unless set.
   * @param endpoint Endpoint of that bucket. Its public address unless set.
   */
  public record Profile(
      @Nullable String dir,
      @Nullable Boolean wholeBucket,
      @Nullable DataSize minSize,
      @Nullable DataSize maxSize,
      @DefaultValue List<String> contentTypes,
      @Nullable Duration validity,
      @DefaultValue List<GrantKind> grants,
      @DefaultValue List<String> formats,
      @Nullable String naming,
      @Nullable Boolean requireFilename,
      @Nullable Boolean forbidOverwrite,
      @Nullable Integer successStatus,
      @Nullable String successRedirect,
      @Nullable String acl,
      @Nullable String storageClass,
      @Nullable String disposition,
      @DefaultValue Map<String, String> metadata,
      @Nullable Boolean callback,
      @Nullable Boolean multipart,
      @DefaultValue List<String> roles,
      @Nullable String bucket,
      @Nullable String region,
      @Nullable String endpoint) {}
}
