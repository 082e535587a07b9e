package broadsheet.events;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Events of every kind from a seed, with and without what may be left out, in many scripts. */
final class RandomEvents {

    private static final List<String> PIECES =
            List.of("a", "Z", "7", " ", "\"", "\\", "\n", "\u0000", "<b>", "ł", "й", "学", "ש", "😀", "\u2028", "é");

    private final Random random;

    RandomEvents(long seed) {
        this.random = new Random(seed);
    }

    Event next(EventType type) {
        return switch (type) {
            case ARTICLE_CREATED -> new ArticleCreated(article());
            case ARTICLE_UPDATED -> new ArticleUpdated(article());
            case ARTICLE_PUBLISHED -> new ArticlePublished(article(), random.nextBoolean());
            case ARTICLE_CORRECTED -> new ArticleCorrected(article(), maybe(text()));
            case ARTICLE_WITHDRAWN -> new ArticleWithdrawn(article());
            case ARTICLE_VIEWED ->
                new ArticleViewed(
                        id(),
                        count(),
                        time(),
                        time(),
                        text(),
                        any(ArticleViewed.Channel.values()),
                        maybe(text()),
                        any(ArticleViewed.Device.values()),
                        any(ArticleViewed.Agent.values()),
                        text(),
                        maybe(text()),
                        new ArticleViewed.Evidence(maybe(text()), maybe(text()), maybe(text()), maybe(text())));
            case ARTICLE_HITS -> new ArticleHits(id(), count(), time(), 1 + random.nextInt(9));
            case ARTICLE_MILESTONE -> new ArticleMilestone(id(), any(ArticleMilestone.Kind.values()), count(), time());
            case ALERT_SENT ->
                new AlertSent(id(), id(), any(AlertSent.Channel.values()), count(), count(), count(), time());
            case VIEWS_STOPPED -> new ViewsStopped(time(), count(), time());
            case STAFF_KEY_PUBLISHED ->
                new StaffKeyPublished(StaffKeyPublished.Jwk.of(text(), coordinate(), coordinate()), time());
            case STAFF_SESSIONS_ENDED -> new StaffSessionsEnded(text(), time(), maybe(texts()));
            case STAFF_TOKEN_ISSUED ->
                new StaffTokenIssued("%064x".formatted(count()), id(), text(), texts(), time(), texts(), maybe(time()));
            case VIEWS_SPOOLED -> new ViewsSpooled(id(), count(), random.nextBoolean() ? null : random.nextInt(60));
        };
    }

    private ArticleSnapshot article() {
        return new ArticleSnapshot(
                id(),
                count(),
                any(ArticleSnapshot.Status.values()),
                text(),
                "/news/" + text(),
                text(),
                maybe(text()),
                maybe(text()),
                new ArticleSnapshot.Section(text(), text()),
                texts(),
                texts(),
                List.of(new ArticleSnapshot.Credit(text(), text())),
                maybe("en-GB"),
                maybe(text()),
                maybe(time()),
                time());
    }

    private String id() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private String coordinate() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private long count() {
        return random.nextLong() >>> (1 + random.nextInt(63));
    }

    /** Between 1900 and 2200, to the second, millisecond or nanosecond. */
    private Instant time() {
        long second = -2_208_988_800L + random.nextInt(Integer.MAX_VALUE) * 4L;
        return Instant.ofEpochSecond(second, any(0, 120_000_000, random.nextInt(1_000_000_000)));
    }

    private String text() {
        return random.ints(1 + random.nextInt(20), 0, PIECES.size())
                .mapToObj(PIECES::get)
                .reduce("x", String::concat);
    }

    private List<String> texts() {
        return Stream.generate(this::text).limit(random.nextInt(4)).toList();
    }

    private <T> @Nullable T maybe(T value) {
        return random.nextBoolean() ? value : null;
    }

    @SafeVarargs
    private <T> T any(T... values) {
        return values[random.nextInt(values.length)];
    }
}
