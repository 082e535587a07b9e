/** Publishes articles when their time has come. */
@NullMarked
package broadsheet.article.schedule;

import org.jspecify.annotations.NullMarked;
