/** What operators need of every service: who may read health and metrics, and the trace that an event belongs to. */
@NullMarked
package broadsheet.web.operations;

import org.jspecify.annotations.NullMarked;
