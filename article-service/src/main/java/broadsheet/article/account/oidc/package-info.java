/** Signing in at an OpenID Connect issuer instead of with passwords of our own. */
@NullMarked
package broadsheet.article.account.oidc;

import org.jspecify.annotations.NullMarked;
