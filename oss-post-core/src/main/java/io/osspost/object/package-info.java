/**
 * The target of an upload: the bucket and the object's name in it.
 *
 * <p>Start at {@link io.osspost.object.OssBucket}. Nothing here calls OSS.
 */
@NullMarked
package io.osspost.object;

import org.jspecify.annotations.NullMarked;
