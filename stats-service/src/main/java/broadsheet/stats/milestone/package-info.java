/** What is worth an alert about an article's numbers: found once, kept, and sent to {@code news.milestones}. */
@NullMarked
package broadsheet.stats.milestone;

import org.jspecify.annotations.NullMarked;
