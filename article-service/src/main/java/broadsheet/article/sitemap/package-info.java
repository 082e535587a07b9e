/** What crawlers ask a site: which pages there are, which are new, and which they may not ask for. */
@NullMarked
package broadsheet.article.sitemap;

import org.jspecify.annotations.NullMarked;
