/** Which articles are erased, and what whoever has numbers of articles does about it. */
@NullMarked
package broadsheet.stats.erased;

import org.jspecify.annotations.NullMarked;
