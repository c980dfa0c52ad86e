/** The common code of several modules' tests. Depends on none of the published modules. */
@NullMarked
package io.osspost.testsupport;

import org.jspecify.annotations.NullMarked;
