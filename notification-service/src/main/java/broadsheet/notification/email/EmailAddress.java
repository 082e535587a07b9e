package broadsheet.notification.email;

import broadsheet.web.problem.InvalidFieldException;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A mail address that can be written to (RFC 5321): letters, digits and signs in ASCII, {@code @}, and a domain, which may be
 * international. No quoted names, routes ({@code %}, {@code !}), comments, groups or addresses of machines, which real mailboxes do not have.
 *
 * @param address with its domain in ASCII
 */
record EmailAddress(String address) {

    private static final int MAX_LENGTH = 254;
    private static final int MAX_LOCAL_LENGTH = 64;
    private static final Pattern LOCAL = Pattern.compile("[\\w#$&'*+/=?^`{|}~-]+(\\.[\\w#$&'*+/=?^`{|}~-]+)*");
    private static final Pattern DOMAIN = Pattern.compile(
            "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+(?![0-9]+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
            Pattern.CASE_INSENSITIVE);

    /**
     * The address that a text is.
     *
     * @throws InvalidFieldException naming {@code target.address} where it is none
     */
    static EmailAddress of(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1 || text.length() > MAX_LENGTH) {
            throw invalid("is not a mail address of at most " + MAX_LENGTH + " characters");
        }
        String local = text.substring(0, at);
        if (local.length() > MAX_LOCAL_LENGTH || !LOCAL.matcher(local).matches()) {
            throw invalid("is not a mail address: before @ stand at most " + MAX_LOCAL_LENGTH
                    + " letters, digits and signs, without quotes");
        }
        String address = local + "@" + domain(text.substring(at + 1));
        if (address.length() > MAX_LENGTH) {
            throw invalid("is longer than " + MAX_LENGTH + " characters");
        }
        return new EmailAddress(address);
    }

    /** The same for all ways to write an address that lead to one mailbox, as far as mail servers agree on it: with any tag. */
    String mailbox() {
        return address.replaceFirst("\\+[^@]*", "").toLowerCase(Locale.ROOT);
    }

    /** In lower case. */
    String domain() {
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    private static String domain(String text) {
        try {
            String domain = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES | IDN.ALLOW_UNASSIGNED);
            if (DOMAIN.matcher(domain).matches()) {
                return domain;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw invalid("has no domain after @ that could exist");
    }

    private static InvalidFieldException invalid(String message) {
        return new InvalidFieldException("target.address", message);
    }
}
