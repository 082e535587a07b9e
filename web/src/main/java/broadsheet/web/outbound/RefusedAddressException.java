package broadsheet.web.outbound;

import java.net.ConnectException;

/** Not connected, since the address may not be called. */
public final class RefusedAddressException extends ConnectException {

    private static final long serialVersionUID = 1;

    RefusedAddressException() {
        super("The address may not be called");
    }
}
