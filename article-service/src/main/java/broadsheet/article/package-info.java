/** The article service: how it starts, its security and its topics. Each feature has a package of its own. */
@NullMarked
package broadsheet.article;

import org.jspecify.annotations.NullMarked;
