/** The cache of credentials, which refreshes them before they expire. */
@NullMarked
package io.osspost.sts.cache;

import org.jspecify.annotations.NullMarked;
