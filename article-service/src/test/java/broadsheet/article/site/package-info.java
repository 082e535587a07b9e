@NullMarked
package broadsheet.article.site;

import org.jspecify.annotations.NullMarked;
