/** An application whose tenants are in a table. Start at {@link TenantsApplication}. */
@NullMarked
package io.osspost.examples.tenants;

import org.jspecify.annotations.NullMarked;
