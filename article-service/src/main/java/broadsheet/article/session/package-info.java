/** Staff's session tokens: the keys that sign them, made and kept by this service alone, and the tokens themselves. */
@NullMarked
package broadsheet.article.session;

import org.jspecify.annotations.NullMarked;
