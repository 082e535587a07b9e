/** Records that could not be read: what they are, and how they are taken up again by a release that reads them. */
@NullMarked
package broadsheet.stats.deadletter;

import org.jspecify.annotations.NullMarked;
