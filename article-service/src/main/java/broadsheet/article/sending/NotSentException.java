package broadsheet.article.sending;

/** The producer did not take the event, so it is surely not in Kafka. */
final class NotSentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotSentException(String why) {
        super(why, null, false, false);
    }
}
