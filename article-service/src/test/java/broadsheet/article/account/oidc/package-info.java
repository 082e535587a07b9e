@NullMarked
package broadsheet.article.account.oidc;

import org.jspecify.annotations.NullMarked;
