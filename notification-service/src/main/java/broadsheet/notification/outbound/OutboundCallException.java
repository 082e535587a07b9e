package broadsheet.notification.outbound;

import broadsheet.web.outbound.CallFailure;

/** A call that got no answer; the message says why, to the owner of the subscription too. */
public final class OutboundCallException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private OutboundCallException(String message, Throwable cause) {
        super(message, cause);
    }

    static OutboundCallException of(Throwable error) {
        Throwable cause = CallFailure.cause(error);
        return new OutboundCallException(CallFailure.reason(cause), cause);
    }
}
