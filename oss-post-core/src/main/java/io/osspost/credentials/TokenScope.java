package io.osspost.credentials;

import java.time.Duration;
import java.util.Optional;

/**
 * The permission that a token gives: to write objects below one prefix, and nothing else.
 *
 * @param bucket the bucket's name
 * @param prefix the prefix of every object's name: empty, or ending in a slash
 * @param multipart whether objects may also be uploaded in parts
 * @param caller the principal that the token is for; empty for an anonymous caller
 * @param validity the requested lifetime of the token; STS gives at least 15 minutes
 */
public record TokenScope(
    String bucket, String prefix, boolean multipart, Optional<String> caller, Duration validity) {}
