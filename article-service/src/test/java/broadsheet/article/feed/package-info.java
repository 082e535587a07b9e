@NullMarked
package broadsheet.article.feed;

import org.jspecify.annotations.NullMarked;
