package io.osspost.credentials;

import java.time.Duration;
import java.util.Optional;

/**
 * What a token may be used for: writing objects below one prefix, and nothing else.
 *
 * @param bucket the bucket's name
 * @param prefix what every object's name begins with: empty, or ending in a slash
 * @param multipart whether objects may also be uploaded in parts
 * @param caller the principal the token is for; empty for an anonymous caller
 * @param validity how long the token should live; STS gives no less than 15 minutes
 */
public record TokenScope(
    String bucket, String prefix, boolean multipart, Optional<String> caller, Duration validity) {}
