package broadsheet.embedded;

/** An embedded server that cannot run; the message is one sentence that names its folder or file. */
public final class EmbeddedServerException extends RuntimeException {

    EmbeddedServerException(String message, Throwable cause) {
        super(message, cause);
    }

    EmbeddedServerException(String message) {
        super(message);
    }
}
