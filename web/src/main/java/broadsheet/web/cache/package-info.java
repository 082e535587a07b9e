/** The shared HTTP cache (RFC 9111) in front of every service. */
@NullMarked
package broadsheet.web.cache;

import org.jspecify.annotations.NullMarked;
