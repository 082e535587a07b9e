/** What all services share of MongoDB: the connection, and the indexes of every collection. */
@NullMarked
package broadsheet.store;

import org.jspecify.annotations.NullMarked;
