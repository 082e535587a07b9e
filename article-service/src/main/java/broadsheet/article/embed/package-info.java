/** How other sites show a link to an article. */
@NullMarked
package broadsheet.article.embed;

import org.jspecify.annotations.NullMarked;
