@NullMarked
package broadsheet.testservers.openapi;

import org.jspecify.annotations.NullMarked;
