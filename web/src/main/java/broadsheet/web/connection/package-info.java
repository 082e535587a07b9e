/** What a connection may cost: how many there are, and how long each may wait, for what. Who is at its other end. */
@NullMarked
package broadsheet.web.connection;

import org.jspecify.annotations.NullMarked;
