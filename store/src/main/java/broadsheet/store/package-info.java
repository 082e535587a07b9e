/** What all services share of MongoDB: the connection, the indexes of every collection, and what is done now and then. */
@NullMarked
package broadsheet.store;

import org.jspecify.annotations.NullMarked;
