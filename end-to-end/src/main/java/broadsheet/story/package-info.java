/** The acceptance story: a person's day at a news site, told over HTTP to any base URL. */
@NullMarked
package broadsheet.story;

import org.jspecify.annotations.NullMarked;
