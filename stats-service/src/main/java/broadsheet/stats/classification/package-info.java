/** What a hit is: classifies each record of the views as hit, bot, double click, duplicate, late, invalid or dead letter. */
@NullMarked
package broadsheet.stats.classification;

import org.jspecify.annotations.NullMarked;
