@NullMarked
package broadsheet.article.session;

import org.jspecify.annotations.NullMarked;
