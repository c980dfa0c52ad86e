/**
 * Where an upload goes: the bucket and the name of the object in it.
 *
 * <p>Start at {@link io.osspost.object.OssBucket}. Nothing here talks to OSS.
 */
@NullMarked
package io.osspost.object;

import org.jspecify.annotations.NullMarked;
