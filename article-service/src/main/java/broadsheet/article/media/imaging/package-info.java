/** Pictures that strangers made, decoded within bounds and encoded anew in several sizes; no store, no HTTP. */
@NullMarked
package broadsheet.article.media.imaging;

import org.jspecify.annotations.NullMarked;
