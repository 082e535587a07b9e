/** The second factor of an account: time-based one-time passwords (RFC 6238), and codes for when the device is lost. */
@NullMarked
package broadsheet.article.totp;

import org.jspecify.annotations.NullMarked;
