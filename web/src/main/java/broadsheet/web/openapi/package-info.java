/** The description of all calls in OpenAPI, made from the controllers, and a page to try them. */
@NullMarked
package broadsheet.web.openapi;

import org.jspecify.annotations.NullMarked;
