/** An OpenID Connect issuer for tests. */
@NullMarked
package broadsheet.testissuer;

import org.jspecify.annotations.NullMarked;
