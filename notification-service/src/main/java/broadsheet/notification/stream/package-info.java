/** What was published, corrected and withdrawn, as a live stream that can be resumed and as a list. */
@NullMarked
package broadsheet.notification.stream;

import org.jspecify.annotations.NullMarked;
