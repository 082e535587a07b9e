package broadsheet.faults;

import org.jspecify.annotations.Nullable;

/** A view that was sent, and what is known of it: its number is in the referrer that it reports, so that the log tells it. */
final class SentView {

    private static final String REFERRER = "view-%d.example";

    private final int number;
    private final String articleId;
    private final int visitor;
    private volatile @Nullable Outcome outcome;
    private volatile @Nullable String eventId;

    enum Outcome {
        ACKNOWLEDGED,
        /** No connection, or an answer that is an error. */
        REFUSED,
        /** Its connection broke, so that it was taken or not. */
        UNKNOWN
    }

    SentView(int number, String articleId, int visitor) {
        this.number = number;
        this.articleId = articleId;
        this.visitor = visitor;
    }

    int number() {
        return number;
    }

    String articleId() {
        return articleId;
    }

    int visitor() {
        return visitor;
    }

    String referrerHost() {
        return REFERRER.formatted(number);
    }

    /** The number of the view that reported this referrer. */
    static int numberOf(@Nullable String referrerHost) {
        return referrerHost == null ? -1 : Integer.parseInt(referrerHost.replaceAll("\\D", ""));
    }

    void acknowledged(String id) {
        eventId = id;
        outcome = Outcome.ACKNOWLEDGED;
    }

    void ended(Outcome how) {
        outcome = how;
    }

    /** Null while the answer is awaited. */
    @Nullable Outcome outcome() {
        return outcome;
    }

    /** What an acknowledged one was called. */
    @Nullable String eventId() {
        return eventId;
    }

    @Override
    public String toString() {
        return "view %d of %s".formatted(number, articleId);
    }
}
