@NullMarked
package broadsheet.article.totp;

import org.jspecify.annotations.NullMarked;
