package broadsheet.notification.event;

/** By which way an alert reaches a reader, as its links say. */
public enum AlertWay {
    EMAIL("email"),
    WEBHOOK("webhook"),
    WEBPUSH("webpush"),
    /** The live stream, and the list that it is read from later. */
    STREAM("stream");

    private final String code;

    AlertWay(String code) {
        this.code = code;
    }

    /** What stands behind the event's id, and a dot, in {@code ?alert=}. */
    public String code() {
        return code;
    }
}
