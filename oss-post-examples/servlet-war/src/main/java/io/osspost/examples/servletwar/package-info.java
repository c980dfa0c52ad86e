/**
 * The classes that a WAR with a login adds to the filter in its web.xml: a memory of stored
 * uploads.
 */
@NullMarked
package io.osspost.examples.servletwar;

import org.jspecify.annotations.NullMarked;
