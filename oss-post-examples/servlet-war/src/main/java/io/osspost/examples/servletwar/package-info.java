/** What a WAR with a login adds to the filter of its web.xml: a memory of what was stored. */
@NullMarked
package io.osspost.examples.servletwar;

import org.jspecify.annotations.NullMarked;
