/** Tells a WebSub hub that the site's Atom feed has changed (W3C Recommendation WebSub, 4). */
@NullMarked
package broadsheet.notification.websub;

import org.jspecify.annotations.NullMarked;
