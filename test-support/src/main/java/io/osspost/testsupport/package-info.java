/** What the tests of several modules share. Depends on none of the published modules. */
@NullMarked
package io.osspost.testsupport;

import org.jspecify.annotations.NullMarked;
