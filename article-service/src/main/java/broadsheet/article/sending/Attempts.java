package broadsheet.article.sending;

import java.time.Instant;

/** When an event was first and last sent to Kafka without an answer: it may be there already. */
record Attempts(Instant first, Instant last) {

    static Attempts at(Instant time) {
        return new Attempts(time, time);
    }

    Attempts and(Instant next) {
        return new Attempts(first, next);
    }
}
