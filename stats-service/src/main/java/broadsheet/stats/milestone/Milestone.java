package broadsheet.stats.milestone;

import broadsheet.events.ArticleMilestone;
import broadsheet.events.ArticleMilestone.Kind;
import broadsheet.events.Envelope;
import broadsheet.events.Event;
import broadsheet.events.ViewsStopped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Something that is worth an alert.
 *
 * @param id the same whoever finds it and however often, so that it is told once
 */
public record Milestone(String id, Instant noticedAt, Event event) {

    private static final String SOURCE = "/stats-service";

    /** An article's hits have reached a number. */
    public static Milestone hitsReached(String articleId, long threshold, long hits, Instant now) {
        return of(articleId, Kind.HITS_REACHED, Long.toString(threshold), hits, now);
    }

    /** An article is read more than it was; at most once a day, in UTC. */
    public static Milestone trending(String articleId, long hits, Instant now) {
        return of(articleId, Kind.TRENDING, day(now), hits, now);
    }

    /** An article is all at once hardly read any more; at most once a day, in UTC. */
    public static Milestone trafficDropped(String articleId, long hits, Instant now) {
        return of(articleId, Kind.TRAFFIC_DROPPED, day(now), hits, now);
    }

    /** No view arrives any more; once for each silence. */
    public static Milestone viewsStopped(Instant lastViewAt, long expected, Instant now) {
        return new Milestone(
                Envelope.idOf("VIEWS_STOPPED " + lastViewAt), now, new ViewsStopped(lastViewAt, expected, now));
    }

    private static String day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).toString();
    }

    private static Milestone of(String articleId, Kind kind, String which, long hits, Instant now) {
        String name = kind + " " + which + " " + articleId;
        return new Milestone(Envelope.idOf(name), now, new ArticleMilestone(articleId, kind, hits, now));
    }

    Envelope<Event> envelope() {
        return new Envelope<>(id, SOURCE, noticedAt, event);
    }
}
