/** The vendor's client, with the bucket address and the credentials of the endpoints. */
@NullMarked
package io.osspost.spring.client;

import org.jspecify.annotations.NullMarked;
