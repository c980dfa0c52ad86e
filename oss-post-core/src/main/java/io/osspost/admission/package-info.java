/**
 * Decides about one upload: its directory, name, size and type, within the limits of its profile.
 *
 * <p>Nothing here signs, and no credentials are asked for. Not exported.
 */
@NullMarked
package io.osspost.admission;

import org.jspecify.annotations.NullMarked;
