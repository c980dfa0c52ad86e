package io.osspost.settings;

import static io.osspost.settings.SettingReader.checked;

import io.osspost.GrantKind;
import io.osspost.PostFormat;
import io.osspost.PutFormat;
import io.osspost.UploadGrants;
import io.osspost.object.OssBucket;
import io.osspost.profile.KeyNaming;
import io.osspost.profile.UploadProfile;
import io.osspost.wire.AllowedOrigins;
import java.net.URI;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The settings of one profile: its limits, and the grants that it offers.
 *
 * @param naming the value of the setting {@code naming}
 * @param postFormats the response formats of a form
 * @param putFormats the response formats of a presigned PUT
 */
record ProfileSettings(
    UploadProfile profile,
    Optional<String> naming,
    Set<GrantKind> kinds,
    List<PostFormat> postFormats,
    List<PutFormat> putFormats) {

  static ProfileSettings read(SettingReader reader, String name, CommonSettings common) {
    String setting = "profiles." + name;
    UploadProfile.Builder builder = checked(setting, name, UploadProfile::builder);
    final boolean ownDirectory;
    try {
      ownDirectory = readDirectory(reader, setting, builder);
      readLimits(reader, setting + ".", builder);
      readObject(reader, setting + ".", builder, common);
    } catch (IllegalArgumentException e) {
      throw reader.invalid(e);
    }
    Optional<OssBucket> ownBucket = ownBucket(reader, setting + ".", common.bucket());
    if (ownBucket.isPresent()) {
      builder.bucket(ownBucket.get());
    }
    builder.zone(common.zone());
    common
        .principalSecret()
        .ifPresent(secret -> checked("principal-secret", secret, builder::principalSecret));
    builder.documentedFieldsOnly(common.documentedFieldsOnly());
    UploadProfile profile = checked(setting + ".min-size", builder, UploadProfile.Builder::build);
    if (common.allowAnonymous() && !profile.admitsAnonymous()) {
      throw new InvalidSettingException(
          setting + ".dir",
          "It contains {principal}, which anonymous callers do not have. Remove it, or set "
              + "allow-anonymous to false.");
    }
    Set<GrantKind> kinds =
        reader.value(setting + ".grants", ProfileSettings::kinds).orElse(Set.of(GrantKind.POST));
    List<String> formats =
        reader.value(setting + ".formats", text -> formats(text, kinds)).orElse(List.of());
    if (common.allowAnonymous()
        && kinds.contains(GrantKind.TOKEN)
        && !ownDirectory
        && profile.admitsAnonymous()) {
      throw new InvalidSettingException(
          setting + ".dir",
          "It is not set, and all anonymous callers with a token would share one directory. "
              + "Name that directory.");
    }
    return new ProfileSettings(
        profile,
        reader.text(setting + ".naming"),
        kinds,
        formats(formats, PostFormat::of, PostFormat.FORM),
        formats(formats, PutFormat::of, PutFormat.FORM));
  }

  /** Reads the limits of the caller and the file. */
  private static void readLimits(
      SettingReader reader, String prefix, UploadProfile.Builder builder) {
    if (reader.moveTo(prefix + "roles")) {
      builder.roles(Set.copyOf(SettingReader.list(reader.value())));
    }
    if (reader.moveTo(prefix + "validity")) {
      builder.validity(SettingReader.span(reader.value()));
    }
    if (reader.moveTo(prefix + "min-size")) {
      builder.minSize(SettingReader.bytes(reader.value()));
    }
    if (reader.moveTo(prefix + "max-size")) {
      builder.maxSize(SettingReader.bytes(reader.value()));
    }
    if (reader.moveTo(prefix + "quota")) {
      builder.quota(SettingReader.bytes(reader.value()));
    }
    if (reader.moveTo(prefix + "total-quota")) {
      builder.totalQuota(SettingReader.bytes(reader.value()));
    }
    if (reader.moveTo(prefix + "open-uploads") && !reader.value().isEmpty()) {
      builder.openUploads(SettingReader.number(reader.value()));
    }
    if (reader.moveTo(prefix + "content-types")) {
      builder.contentTypes(SettingReader.list(reader.value()));
    }
    if (reader.moveTo(prefix + "require-filename")) {
      builder.requireFilename(SettingReader.flag(reader.value()));
    }
    if (reader.moveTo(prefix + "forbid-overwrite")) {
      builder.forbidOverwrite(SettingReader.flag(reader.value()));
    }
    if (reader.moveTo(prefix + "sign-length")) {
      builder.signLength(SettingReader.flag(reader.value()));
    }
    if (reader.moveTo(prefix + "token-multipart")) {
      builder.tokenMultipart(SettingReader.flag(reader.value()));
    }
  }

  /** Reads the properties of the stored object and what OSS does after the upload. */
  private static void readObject(
      SettingReader reader, String prefix, UploadProfile.Builder builder, CommonSettings common) {
    if (reader.moveTo(prefix + "acl")) {
      builder.acl(reader.value());
    }
    if (reader.moveTo(prefix + "storage-class")) {
      builder.storageClass(reader.value());
    }
    if (reader.moveTo(prefix + "disposition")) {
      builder.disposition(reader.value());
    }
    if (reader.moveTo(prefix + "cache-control")) {
      builder.cacheControl(reader.value());
    }
    if (reader.moveTo(prefix + "content-encoding")) {
      builder.contentEncoding(reader.value());
    }
    if (reader.moveTo(prefix + "expires")) {
      builder.expires(reader.value());
    }
    if (reader.moveTo(prefix + "server-side-encryption")) {
      builder.encryption(reader.value());
    }
    if (reader.moveTo(prefix + "tagging")) {
      builder.tagging(reader.value());
    }
    if (reader.moveTo(prefix + "optional-headers")) {
      builder.optionalHeaders(SettingReader.flag(reader.value()));
    }
    String metadata = prefix + "metadata.";
    for (Map.Entry<String, String> entry : reader.below(metadata).entrySet()) {
      reader.moveTo(metadata + entry.getKey());
      builder.metadata(Map.of(entry.getKey(), entry.getValue()));
    }
    if (reader.moveTo(prefix + "callback")) {
      builder.callback(SettingReader.flag(reader.value()));
    }
    if (reader.moveTo(prefix + "public-url")) {
      builder.publicUrl(URI.create(reader.value()));
    }
    if (reader.moveTo(prefix + "image-info")) {
      builder.imageInfo(SettingReader.flag(reader.value()));
    }
    if (reader.moveTo(prefix + "vars")) {
      builder.vars(SettingReader.list(reader.value()));
    }
    if (reader.moveTo(prefix + "success-status")) {
      builder.successStatus(SettingReader.number(reader.value()));
    }
    if (reader.moveTo(prefix + "success-redirect")) {
      builder.successRedirect(redirect(reader.value(), common.allowedOrigins()));
    }
  }

  /** Reads the directory; returns whether the settings name one. */
  private static boolean readDirectory(
      SettingReader reader, String setting, UploadProfile.Builder builder) {
    boolean named = reader.moveTo(setting + ".dir");
    if (reader.moveTo(setting + ".whole-bucket") && SettingReader.flag(reader.value())) {
      if (named) {
        throw new InvalidSettingException(
            setting + ".whole-bucket",
            "It is true, but dir names a directory. Remove one of them.");
      }
      builder.wholeBucket();
      return true;
    }
    if (reader.moveTo(setting + ".dir")) {
      builder.dir(reader.value());
    }
    return named;
  }

  /** Adds the profile, with the application's naming and changes. */
  void addTo(
      UploadGrants.Builder grants,
      NamedObjects objects,
      Optional<KeyNaming> otherwise,
      Collaborators collaborators) {
    String setting = "profiles." + profile.name();
    Optional<KeyNaming> chosen =
        naming
            .map(
                text ->
                    checked(
                        setting + ".naming", text, name -> naming(name, objects, profile.zone())))
            .or(() -> otherwise);
    UploadProfile complete =
        chosen.isPresent() || collaborators.customizes()
            ? checked(setting, chosen, found -> changed(found, collaborators))
            : profile;
    checked(setting, grants, builder -> builder.profile(complete, kinds, postFormats, putFormats));
  }

  private UploadProfile changed(Optional<KeyNaming> chosen, Collaborators collaborators) {
    UploadProfile.Builder builder = profile.toBuilder();
    chosen.ifPresent(builder::naming);
    collaborators.customizer().accept(profile.name(), builder);
    return builder.build();
  }

  /**
   * Returns the bucket of a profile with own bucket settings; missing ones are those of the common
   * bucket.
   */
  private static Optional<OssBucket> ownBucket(
      SettingReader reader, String prefix, OssBucket common) {
    Optional<String> name = reader.text(prefix + "bucket");
    Optional<String> region = reader.text(prefix + "region");
    if (name.isEmpty() && region.isEmpty() && reader.text(prefix + "endpoint").isEmpty()) {
      return Optional.empty();
    }
    OssBucket own =
        BucketSettings.read(
            reader, prefix, name.orElse(common.name()), region.orElse(common.region()));
    if (region.isPresent()
        && !region.get().equals(common.region())
        && name.orElse(common.name()).equals(common.name())) {
      throw new InvalidSettingException(
          prefix + "region",
          "Bucket '"
              + common.name()
              + "' is in region '"
              + common.region()
              + "', and a bucket has one region. Set "
              + prefix
              + "bucket too, or remove this setting.");
    }
    return Optional.of(own);
  }

  /**
   * Returns the page that OSS redirects browsers to. Its origin must be one whose pages may request
   * grants.
   */
  private static URI redirect(String text, List<String> allowedOrigins) {
    URI page = URI.create(text);
    String origin = page.getScheme() + "://" + page.getRawAuthority();
    if (!AllowedOrigins.of(allowedOrigins).contains(origin)) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is of an origin that is not allowed. Add '"
              + origin
              + "' to cors.allowed-origins.");
    }
    return page;
  }

  /** Returns the naming with the name {@code text}, whose days are those of {@code zone}. */
  static KeyNaming naming(String text, NamedObjects objects, ZoneId zone) {
    return switch (text) {
      case "uuid" -> KeyNaming.uuid();
      case "date-uuid" -> KeyNaming.dateUuid(zone);
      case "as-named" -> KeyNaming.asNamed();
      default ->
          objects
              .find(text, KeyNaming.class)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "'"
                              + text
                              + "' is unknown. Write uuid, date-uuid or as-named, or the full name"
                              + " of a class."));
    };
  }

  private static Set<GrantKind> kinds(String text) {
    Set<GrantKind> kinds = EnumSet.noneOf(GrantKind.class);
    for (String code : SettingReader.list(text)) {
      kinds.add(
          GrantKind.of(code)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "'" + code + "' is unknown. Write post, multipart, put or token.")));
    }
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException(
          "No kind is named. Write post, multipart, put or token, or remove the setting.");
    }
    return kinds;
  }

  /** Reads the codes of formats, each of which must be a format of one of {@code kinds}. */
  private static List<String> formats(String text, Set<GrantKind> kinds) {
    List<String> codes = SettingReader.list(text);
    if (codes.isEmpty()) {
      throw new IllegalArgumentException(
          "No format is named. Write form, v4, v1, legacy, wechat or text, or remove the setting.");
    }
    for (String code : codes) {
      boolean ofPost = PostFormat.of(code).isPresent();
      boolean ofPut = PutFormat.of(code).isPresent();
      if (!ofPost && !ofPut) {
        throw new IllegalArgumentException(
            "'" + code + "' is unknown. Write form, v4, v1, legacy, wechat or text.");
      }
      if (!(ofPost && kinds.contains(GrantKind.POST))
          && !(ofPut && kinds.contains(GrantKind.PUT))) {
        throw new IllegalArgumentException(
            "Format "
                + code
                + " is for grants of kind "
                + (ofPost ? "post" : "put")
                + ", which the profile does not offer. Add that kind to its grants, or remove the"
                + " format.");
      }
    }
    return codes;
  }

  /** Returns the formats of one kind among {@code codes}; the default if there is none. */
  private static <F> List<F> formats(
      List<String> codes, Function<String, Optional<F>> find, F otherwise) {
    List<F> formats = codes.stream().flatMap(code -> find.apply(code).stream()).toList();
    return formats.isEmpty() ? List.of(otherwise) : formats;
  }
}
