package io.osspost.spring;

import io.osspost.GrantKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties under {@code oss.post}.
 *
 * @param bucket Name of the bucket. Required.
 * @param region Region of the bucket, such as cn-hangzhou. Required.
 * @param endpoint Address at which browsers reach the bucket: internal, accelerate, or a URL of a
 *     custom domain or another endpoint. Defaults to the bucket's public address.
 * @param serverEndpoint Address at which this server reaches the bucket: public, internal or a URL.
 *     Defaults to the bucket's public OSS host, or to its internal one or its URL in path style.
 * @param credentials Credentials that sign.
 * @param token Security tokens for clients that upload with an SDK.
 * @param signatureVersion Signature of URLs and of format form: v4, or v1 for private clouds.
 * @param pin Fields of a form that are sent and pinned: all, or documented for those the vendor
 *     documents as targets of conditions.
 * @param mark Whether objects carry the id of their grant as x-oss-meta-grant, if the format can
 *     carry it.
 * @param allowAnonymous Whether callers who are not logged in may upload.
 * @param authorizer Authorizer of callers: the name of a bean, or the full name of a class, that is
 *     a CallerAuthorizer. Defaults to the only bean of that type.
 * @param caller Where the logged-in user is: container, which includes Spring Security,
 *     session:attribute.property, header:name, or the name of a bean or class that is a
 *     CallerSource.
 * @param callerRoles Where the roles of that user are, in the same form. Defaults to no roles for
 *     session and header.
 * @param callerSecret Secret that the proxy sends in X-Oss-Post-Secret, for caller header:name: 32
 *     characters or more. Optional.
 * @param principalNames Names of logged-in callers: the name of a bean or class that is a
 *     PrincipalNames. Defaults to the only bean of that type, or to the names of principals.
 * @param principalSecret Secret that hides the names of callers in directories, as hashes: 32
 *     characters or more. Defaults to none.
 * @param rateLimit Limit of requests: the name of a bean or class that is a RateLimit. Defaults to
 *     the only bean of that type.
 * @param uploadListener Listener of verified callbacks: the name of a bean or class that is an
 *     UploadListener. Defaults to every bean of that type.
 * @param naming Names of objects in profiles that set none: uuid, date-uuid, as-named, or the name
 *     of a bean or class that is a KeyNaming. Defaults to uuid.
 * @param zone Time zone of {date} in directories and of the naming date-uuid, such as
 *     Asia/Shanghai.
 * @param pathPrefix Prefix of every path of the endpoints, such as /api. Optional.
 * @param cors Pages of other sites.
 * @param multipart Uploads in parts.
 * @param store State that several nodes share.
 * @param ledger The ledger of grants, if there is one.
 * @param rates Rates of requests.
 * @param tenants Profiles that are found at run time.
 * @param callback Callbacks of OSS after uploads.
 * @param emulator Emulator inside this process, for development and tests.
 * @param profiles Limits of uploads, by the name of the profile. Requests that name none use the
 *     profile named default. Defaults to one profile of that name.
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
    @DefaultValue("container") String caller,
    @Nullable String callerRoles,
    @Nullable String callerSecret,
    @Nullable String principalNames,
    @Nullable String principalSecret,
    @Nullable String rateLimit,
    @Nullable String uploadListener,
    @Nullable String naming,
    @DefaultValue("UTC") String zone,
    @DefaultValue("") String pathPrefix,
    @DefaultValue Cors cors,
    @DefaultValue Multipart multipart,
    @DefaultValue Store store,
    @DefaultValue Ledger ledger,
    @DefaultValue Rates rates,
    @DefaultValue Tenants tenants,
    @DefaultValue Callback callback,
    @DefaultValue Emulator emulator,
    @DefaultValue Map<String, Profile> profiles) {

  /**
   * Credentials that sign.
   *
   * @param type Source of the credentials: env reads the environment variables of the vendor's
   *     tools, static the properties beside this one. With oss-post-sts also sts, ecs, oidc, uri,
   *     cli-profile and chain.
   * @param accessKeyId Id of the AccessKey, for type static. Optional.
   * @param accessKeySecret Secret of the AccessKey, for type static. Optional.
   * @param securityToken Security token of temporary credentials, for type static. Optional.
   * @param roleArn ARN of the role that signs, for types sts and oidc. Defaults to the environment
   *     variable OSS_STS_ROLE_ARN.
   * @param sessionName Name of the role's sessions in the account's audit logs. Defaults to
   *     oss-post.
   * @param duration Duration of a session of the role. Defaults to 1 hour.
   * @param externalId External id that the role's trust policy requires of other accounts.
   *     Optional.
   * @param stsEndpoint Address of STS: a host, or region or vpc for those of the bucket's region.
   *     Defaults to the one for all regions.
   * @param source Type whose credentials assume the role, for type sts. Defaults to env.
   * @param roleName Name of the instance's role, for type ecs. Defaults to the role that it has.
   * @param metadataV1 Whether to send requests without a token if the instance gives none, for type
   *     ecs.
   * @param metadataEndpoint Address of the metadata service, for emulators. Defaults to the
   *     instance's own.
   * @param oidcProviderArn ARN of the identity provider, for type oidc. Defaults to the environment
   *     variable ALIBABA_CLOUD_OIDC_PROVIDER_ARN.
   * @param oidcTokenFile File that contains the pod's token, for type oidc. Defaults to the
   *     environment variable ALIBABA_CLOUD_OIDC_TOKEN_FILE.
   * @param uri Address of a service that returns credentials as JSON, for type uri. Defaults to the
   *     environment variable ALIBABA_CLOUD_CREDENTIALS_URI.
   * @param profile Profile of the aliyun command, for type cli-profile. Defaults to the current
   *     one.
   */
  public record Credentials(
      @DefaultValue("env") String type,
      @Nullable String accessKeyId,
      @Nullable String accessKeySecret,
      @Nullable String securityToken,
      @Nullable String roleArn,
      @Nullable String sessionName,
      @Nullable String duration,
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

    /** Returns the type and the key, never the secret or the token. */
    @Override
    public String toString() {
      return "Credentials[" + type + (accessKeyId == null ? "]" : ", " + accessKeyId + "]");
    }
  }

  /**
   * Security tokens for clients that upload with an SDK.
   *
   * @param roleArn ARN of the role whose tokens profiles grant; needs oss-post-sts. Optional.
   */
  public record Token(@Nullable String roleArn) {}

  /**
   * Pages of other sites.
   *
   * @param allowedOrigins Origins whose pages may request grants, such as https://www.example.com.
   *     Defaults to none.
   */
  public record Cors(@DefaultValue List<String> allowedOrigins) {}

  /**
   * Uploads in parts, for profiles that grant them.
   *
   * @param life Time that an upload may take, from its start to its completion: 1 minute to 7 days.
   *     Defaults to 24 hours.
   * @param urlValidity Lifetime of the URL of a part: 1 minute to 7 days. Defaults to 15 minutes.
   * @param partSize Size of a part: 100KB to 5GB. Defaults to 8MB; files of more than 10,000 parts
   *     get larger ones.
   * @param signLength Whether the URL of a part signs its length, so that OSS refuses another one.
   *     Defaults to true.
   */
  public record Multipart(
      @Nullable String life,
      @Nullable String urlValidity,
      @Nullable String partSize,
      @Nullable Boolean signLength) {}

  /**
   * State that several nodes share: the memory of reported uploads, and a ledger of grants.
   *
   * @param type Type of the store: jdbc, with oss-post-store. Defaults to none: the state is in
   *     this process.
   * @param dataSource Name of the DataSource: a bean, or a JNDI name that begins with java:.
   *     Defaults to the only bean of that type.
   * @param createSchema Whether missing tables are created. Defaults to false.
   */
  public record Store(
      @Nullable String type, @Nullable String dataSource, @Nullable Boolean createSchema) {}

  /**
   * The ledger of grants, from which uploads are reported whose callback and confirmation were
   * lost.
   *
   * @param grace Time from the end of a grant until the server looks for its upload: 1 second to 12
   *     hours. Defaults to 10 minutes.
   * @param interval Time between two passes of the sweep over ended grants: 1 second to 1 hour.
   *     Defaults to 1 minute.
   * @param required Whether a grant that cannot be recorded is refused. Defaults to false: it is
   *     answered, and a warning is logged.
   */
  public record Ledger(
      @Nullable String grace, @Nullable String interval, @Nullable Boolean required) {}

  /**
   * Rates of requests, unless the application has its own RateLimit.
   *
   * @param grants Requests for grants that each caller may send, and the period: 60/1m permits 60
   *     per minute. Defaults to no limit.
   * @param steps Other requests that each caller may send: the steps of uploads in parts, and
   *     confirmations. Defaults to no limit.
   * @param storage Where requests are counted: jdbc, redis, or memory for each node. Defaults to
   *     jdbc if store.type is jdbc and the database is not H2, otherwise to memory.
   * @param client Name of the RedisClient bean, for redis. Defaults to the only bean of that type,
   *     or to the client of Spring Data Redis.
   * @param required Whether requests are refused while the store does not answer. Defaults to
   *     false: each node counts by itself.
   */
  public record Rates(
      @Nullable String grants,
      @Nullable String steps,
      @Nullable String storage,
      @Nullable String client,
      @Nullable Boolean required) {}

  /**
   * Profiles that are found at run time, such as those of tenants in a table.
   *
   * @param source Source of the profiles: the name of a bean or class that is a ProfileSource.
   *     Defaults to the only bean of that type, or none.
   * @param endpoints Endpoints that buckets of these profiles may have, besides those of OSS: each
   *     with scheme, host and port. Defaults to none.
   * @param cachedProfiles Number of these profiles whose signing keys are cached. Defaults to 1000.
   */
  public record Tenants(
      @Nullable String source,
      @DefaultValue List<String> endpoints,
      @Nullable Integer cachedProfiles) {}

  /**
   * Callbacks of OSS after uploads.
   *
   * @param url Address at which OSS reaches this application; further URLs are tried in order.
   *     Without it there are no callbacks. Optional.
   * @param host Header Host of the callback, for a proxy that routes by it. Defaults to the host of
   *     the URL.
   * @param confirm Whether an upload is reported only after the server has looked at the object:
   *     auto, required or off. Defaults to auto: if the credentials permit oss:GetObject.
   * @param optional Whether profiles whose kinds or formats cannot carry the callback are granted
   *     without it. Defaults to false: they fail at startup.
   * @param publicPath Path that OSS signs. Defaults to the paths of the URLs.
   * @param bodyType Format of the body: application/json or application/x-www-form-urlencoded.
   *     Defaults to JSON.
   * @param ticketSecret Secret with which several processes verify each other's grants: 32
   *     characters or more. Defaults to a random one for each process.
   * @param publicKey Public keys that verify callbacks, in PEM, one after the other: for private
   *     clouds and emulators. Defaults to the key of OSS.
   */
  public record Callback(
      @DefaultValue List<String> url,
      @Nullable String host,
      @Nullable String confirm,
      @Nullable Boolean optional,
      @Nullable String publicPath,
      @Nullable String bodyType,
      @Nullable String ticketSecret,
      @Nullable String publicKey) {

    /** Returns the URL, never the ticket secret. */
    @Override
    public String toString() {
      return "Callback" + url;
    }
  }

  /**
   * Emulator inside this process, for development and tests.
   *
   * @param enabled Whether to start an emulator if no bucket is set; needs oss-post-emulator.
   */
  public record Emulator(@DefaultValue("false") boolean enabled) {}

  /**
   * Limits of uploads.
   *
   * @param dir Directory of the uploads, with {principal}, {date} and {uuid}.
   * @param wholeBucket Whether uploads may go anywhere in the bucket, instead of into a directory.
   * @param minSize Minimum size of a file. Defaults to 1 byte.
   * @param maxSize Maximum size of a file. Defaults to 10MB.
   * @param quota Bytes that each caller may store; needs store.type and require-filename. Defaults
   *     to no limit.
   * @param totalQuota Bytes that all callers together may store. Defaults to no limit.
   * @param openUploads Unfinished uploads in parts that each caller may have at once; needs
   *     store.type. Defaults to no limit.
   * @param contentTypes Allowed media types; image/* stands for the common ones of that kind.
   *     Defaults to common images, audio, video, documents and archives.
   * @param validity Lifetime of a grant. Defaults to 10 minutes, or to 10 minutes for each 150 MB
   *     of a stated size, at most 6 hours.
   * @param grants Kinds of grant that the profile offers: post, multipart, put, token. Defaults to
   *     post.
   * @param formats Formats of the response, the default one first: form, v4, v1, legacy and wechat
   *     for post, form and text for put.
   * @param naming Names of objects: uuid, date-uuid, as-named, or the name of a bean or class that
   *     is a KeyNaming. Defaults to oss.post.naming.
   * @param requireFilename Whether the client must state the file's name.
   * @param forbidOverwrite Whether an upload may not replace an object of the same name. Defaults
   *     to true if the server names the object.
   * @param successStatus Status of OSS's response to a stored upload: 200, 201 or 204. Defaults to
   *     200.
   * @param successRedirect Page that OSS redirects the browser to after a stored upload; its origin
   *     must be in oss.post.cors.allowed-origins. Optional.
   * @param acl ACL of the object: default, private, public-read or public-read-write.
   * @param storageClass Storage class of the object, such as IA. Defaults to the bucket's.
   * @param disposition Content-Disposition of the object, such as attachment. Optional.
   * @param cacheControl Cache-Control of the object, such as public, max-age=31536000. Optional.
   * @param contentEncoding Content-Encoding of the object, such as gzip. Optional.
   * @param expires Expires of the object, a date such as Fri, 01 Jan 2027 00:00:00 GMT. Optional.
   * @param serverSideEncryption Encryption of the object on the server: AES256, KMS or SM4.
   *     Defaults to that of the bucket.
   * @param tagging Tags of the object, such as state=new&shelf=holidays; not with forms. Optional.
   * @param optionalHeaders Whether kinds and formats that cannot carry a header of the object are
   *     granted without it. Defaults to false.
   * @param metadata User metadata of the object, by name. Optional.
   * @param callback Whether OSS calls back after uploads of this profile. Defaults to true.
   * @param imageInfo Whether the callback asks OSS for the width, height and format of images.
   *     Defaults to false.
   * @param vars Names of the variables that a page may send with its request, at most 8. Defaults
   *     to none.
   * @param signLength Whether presigned URLs sign the length of the file, which the client must
   *     then state; V4 only. Defaults to false.
   * @param tokenMultipart Whether security tokens may upload in parts.
   * @param roles Roles of which a caller must have one: authorities of Spring Security, with or
   *     without ROLE_. Defaults to none, which allows every caller.
   * @param bucket Bucket of this profile. Defaults to oss.post.bucket.
   * @param region Region of that bucket. Defaults to oss.post.region.
   * @param endpoint Endpoint of that bucket. Defaults to its public address.
   * @param publicUrl URL below which objects can be read without a signature, such as that of a
   *     CDN. Defaults to none: links are signed.
   */
  public record Profile(
      @Nullable String dir,
      @Nullable Boolean wholeBucket,
      @Nullable DataSize minSize,
      @Nullable DataSize maxSize,
      @Nullable DataSize quota,
      @Nullable DataSize totalQuota,
      @Nullable Integer openUploads,
      @DefaultValue List<String> contentTypes,
      @Nullable String validity,
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
      @Nullable String cacheControl,
      @Nullable String contentEncoding,
      @Nullable String expires,
      @Nullable String serverSideEncryption,
      @Nullable String tagging,
      @Nullable Boolean optionalHeaders,
      @DefaultValue Map<String, String> metadata,
      @Nullable Boolean callback,
      @Nullable Boolean imageInfo,
      @DefaultValue List<String> vars,
      @Nullable Boolean signLength,
      @Nullable Boolean tokenMultipart,
      @DefaultValue List<String> roles,
      @Nullable String bucket,
      @Nullable String region,
      @Nullable String endpoint,
      @Nullable String publicUrl) {}
}
