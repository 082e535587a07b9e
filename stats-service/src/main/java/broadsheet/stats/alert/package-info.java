/** What alerts led to: to how many they went, and who came by their links. */
@NullMarked
package broadsheet.stats.alert;

import org.jspecify.annotations.NullMarked;
