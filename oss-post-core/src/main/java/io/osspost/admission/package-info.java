/**
 * Decides about one upload: its directory, name, size and type, within the limits of its profile.
 *
 * <p>Nothing here signs or reads credentials. Not exported.
 */
@NullMarked
package io.osspost.admission;

import org.jspecify.annotations.NullMarked;
