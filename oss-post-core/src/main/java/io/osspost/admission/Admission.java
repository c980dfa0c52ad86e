package io.osspost.admission;

import io.osspost.object.ObjectKey;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.wire.UserFileName;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Checks planned uploads against one profile, and chooses their directory and name. Immutable. */
public final class Admission {
  private final UploadProfile profile;
  private final FileLimits limits;
  private final Optional<Directory> directory;
  private final Directory ofCallers;
  private final Directory ofAnonymous;
  private final Directory ofTokens;
  private final boolean forbidOverwriteIfUnnamed;
  private final boolean forbidOverwriteIfNamed;

  /**
   * Reads the limits of a profile once.
   *
   * @param profile the profile
   */
  public Admission(UploadProfile profile) {
    this.profile = profile;
    this.limits = new FileLimits(profile.minSize(), profile.maxSize(), profile.contentTypes());
    this.directory = profile.dir().map(dir -> new Directory(dir, profile));
    this.ofCallers = new Directory(Directory.DEFAULT_FOR_CALLER, profile);
    this.ofAnonymous = new Directory(Directory.DEFAULT_FOR_ANONYMOUS, profile);
    this.ofTokens = new Directory(Directory.DEFAULT_FOR_TOKEN, profile);
    this.forbidOverwriteIfUnnamed = profile.forbidOverwrite().orElse(false);
    this.forbidOverwriteIfNamed = profile.forbidOverwrite().orElse(true);
  }

  /**
   * Checks one upload against the profile. Reads no credentials.
   *
   * @param caller the caller that uploads
   * @param planned the file as the client describes it
   * @param now the instant of the grant
   * @return the upload that the profile allows
   * @throws UploadRefusedException if the profile does not allow {@code caller} or {@code planned}
   * @throws IllegalStateException if the application's {@code KeyNaming} returns a name outside the
   *     directory
   */
  public AdmittedUpload admit(Caller caller, PlannedUpload planned, Instant now) {
    planned.size().ifPresent(limits::requireSize);
    planned.vars().requireAllowed(profile.vars());
    String prefix = directoryOf(caller).render(caller, now);
    if (planned.filename().isEmpty()) {
      return unnamed(prefix, planned);
    }
    String filename = planned.filename().get();
    Optional<String> statedType = planned.type().map(FileLimits::requireMediaType);
    String type = limits.requireType(filename, statedType);
    String name =
        requireInside(profile.naming().name(caller, CleanFileName.of(filename, type), now));
    return new AdmittedUpload(
        prefix,
        Optional.of(new ObjectKey(prefix + name)),
        planned.size(),
        statedType,
        Optional.of(type),
        forbidOverwriteIfNamed,
        Optional.of(UserFileName.of(filename)).filter(found -> !found.isEmpty()),
        planned.vars());
  }

  /**
   * {@return whether {@code prefix} is a directory that the profile gives to {@code caller}, at any
   * instant}
   *
   * @param caller the caller of an earlier grant
   * @param prefix empty, or ending in a slash
   */
  public boolean hasDirectory(Caller caller, String prefix) {
    return directoryOf(caller).matches(caller, prefix);
  }

  /**
   * {@return the longest directory of a caller whose name has that many letters}
   *
   * @param letters of the caller's name
   */
  public String longestPrefix(int letters) {
    Caller caller = Caller.named("x".repeat(letters));
    return directoryOf(caller).render(caller, Instant.EPOCH);
  }

  /**
   * Returns the directory of a security token for {@code caller}. It is the same for every token,
   * except for {@code {date}}. Defaults to {@code uploads/{principal}/}.
   *
   * @param caller the caller that the token is for
   * @param now the instant of the grant, whose day may be part of the directory
   * @return the directory, empty or ending in a slash
   * @throws UploadRefusedException if {@code caller} has no name and the directory needs one
   */
  public String tokenPrefix(Caller caller, Instant now) {
    return requireOwner(directory.orElse(ofTokens), caller).render(caller, now);
  }

  /**
   * Rejects a profile whose settings security tokens cannot enforce.
   *
   * @throws IllegalArgumentException if the profile requires a file name or has a directory for
   *     each grant. A token is for one directory, and its client chooses the names of the objects
   */
  public void requireEnforceableByTokens() {
    if (profile.requiresFilename()) {
      throw new IllegalArgumentException(
          "Profile '"
              + profile.name()
              + "' requires a file name, but a client with a token chooses the names itself. Remove "
              + "token from its grants, or remove require-filename.");
    }
    if (directory.isPresent() && directory.get().isUniquePerGrant()) {
      throw new IllegalArgumentException(
          "The directory '"
              + directory.get()
              + "' differs for every grant, but a token is for many uploads. Write it without "
              + "{uuid}, such as 'uploads/{principal}/'.");
    }
  }

  private AdmittedUpload unnamed(String prefix, PlannedUpload planned) {
    if (profile.requiresFilename()) {
      throw new UploadRefusedException(
          Reason.BAD_PARAMETER,
          "Profile '" + profile.name() + "' requires the name of the file.",
          "Send the file's name as 'filename'.");
    }
    return new AdmittedUpload(
        prefix,
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        forbidOverwriteIfUnnamed,
        Optional.empty(),
        planned.vars());
  }

  /** Rejects a name from the application's {@code KeyNaming} that is outside the directory. */
  private static String requireInside(String name) {
    for (String segment : name.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw new IllegalStateException(
            "The key naming returned '"
                + name
                + "', which is outside its directory or has an empty part");
      }
    }
    if (name.contains("${")) {
      throw new IllegalStateException(
          "The key naming returned '" + name + "', which OSS would interpret as a variable");
    }
    return name;
  }

  private Directory directoryOf(Caller caller) {
    if (directory.isEmpty()) {
      return caller.principal().isEmpty() ? ofAnonymous : ofCallers;
    }
    return requireOwner(directory.get(), caller);
  }

  private Directory requireOwner(Directory required, Caller caller) {
    if (caller.principal().isEmpty() && required.needsPrincipal()) {
      throw new UploadRefusedException(
          Reason.NOT_AUTHENTICATED,
          "Profile '" + profile.name() + "' stores the files of each user in a separate directory.",
          "Log in first.");
    }
    return required;
  }
}
