/** Feeds: what was published last, for programs that readers have it collected by. */
@NullMarked
package broadsheet.article.feed;

import org.jspecify.annotations.NullMarked;
