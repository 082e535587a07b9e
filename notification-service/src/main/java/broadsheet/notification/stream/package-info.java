/** The live stream of notifications as server-sent events (SSE). */
@NullMarked
package broadsheet.notification.stream;

import org.jspecify.annotations.NullMarked;
