package broadsheet.article.media.imaging;

/** A file of which no picture is made, and why, in words for whoever sent it. */
public final class UnusableImageException extends RuntimeException {

    public enum Reason {
        UNSUPPORTED,
        TOO_LARGE,
        BROKEN
    }

    private final Reason reason;

    UnusableImageException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static UnusableImageException broken(String message) {
        return new UnusableImageException(Reason.BROKEN, message);
    }

    static UnusableImageException tooLarge(String message) {
        return new UnusableImageException(Reason.TOO_LARGE, message);
    }

    public Reason reason() {
        return reason;
    }
}
