@NullMarked
package broadsheet.article.media.imaging;

import org.jspecify.annotations.NullMarked;
