@NullMarked
package broadsheet.article.account;

import org.jspecify.annotations.NullMarked;
