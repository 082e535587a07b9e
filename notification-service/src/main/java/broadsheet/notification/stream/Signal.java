package broadsheet.notification.stream;

/** What happens to a client's stream. */
sealed interface Signal {

    /** Does nothing follow it? */
    default boolean isLast() {
        return false;
    }

    /**
     * Something to tell, where the client's filter lets it through.
     *
     * @param position behind it and behind all that came before it on this instance
     */
    record Told(int partition, long offset, Message message, Position position) implements Signal {}

    /** The stream has been quiet for a while. */
    record Heartbeat() implements Signal {}

    /** The client was too slow. */
    record Overflow() implements Signal {
        @Override
        public boolean isLast() {
            return true;
        }
    }

    /** The service stops, or the topic is not the same any more. */
    record End() implements Signal {
        @Override
        public boolean isLast() {
            return true;
        }
    }
}
