/**
 * An application of 2014: a login of its own, a filter for the encoding, and a front controller.
 *
 * <p>Nothing here knows about uploads. {@code web.xml} adds them.
 */
package io.osspost.examples.legacywar;
