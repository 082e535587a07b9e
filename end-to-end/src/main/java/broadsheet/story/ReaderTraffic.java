package broadsheet.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Requests for one article: of people, some twice, of crawlers, and those that must not count. */
final class ReaderTraffic {

    static final int PEOPLE = 218;
    static final int DOUBLE_CLICKS = 50;
    static final int CRAWLERS = 40;

    private static final int UNCOUNTED = 10;
    private static final int AT_ONCE = 16;

    private final SiteClient site;
    private final SiteClient staff;
    private final String article;
    private final String etag;
    private final List<String> people = new UserAgents().people(PEOPLE + 4 * UNCOUNTED);
    private final List<String> crawlers = new UserAgents().crawlers(CRAWLERS);

    ReaderTraffic(SiteClient site, SiteClient staff, String articleId, String etag) {
        this.site = site;
        this.staff = staff;
        this.article = "/api/articles/" + articleId;
        this.etag = etag;
    }

    /** One who comes; throws when the answer was wrong. */
    private interface Visit {
        void go() throws IOException, InterruptedException;
    }

    /** Lets all of them in, a few at once and in a mixed but repeatable order; returns views accepted per second. */
    long read() throws Exception {
        List<Visit> visits = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            visits.add(person(i));
        }
        for (int i = 0; i < CRAWLERS; i++) {
            visits.add(crawler(i));
        }
        for (int i = 0; i < UNCOUNTED; i++) {
            visits.add(uncounted(PEOPLE + 4 * i));
        }
        Collections.shuffle(visits, new Random(50));
        long start = System.nanoTime();
        letIn(visits);
        double seconds = (System.nanoTime() - start) / 1e9;
        return Math.round((PEOPLE + DOUBLE_CLICKS + CRAWLERS) / seconds);
    }

    private Visit person(int i) {
        SiteClient browser = site.with("User-Agent", people.get(i));
        return () -> {
            if (i % 10 == 7) {
                // what the browser has kept is still good, and was read again
                browser.with("If-None-Match", etag).get(article).expect(304);
            } else if (i % 4 == 3) {
                browser.get(article).expect(200);
            } else {
                view(browser);
            }
            if (i < DOUBLE_CLICKS) {
                view(browser);
            }
        };
    }

    private Visit crawler(int i) {
        SiteClient crawler = site.with("User-Agent", crawlers.get(i));
        return () -> {
            if (i % 2 == 0) {
                crawler.get(article).expect(200);
            } else {
                view(crawler);
            }
        };
    }

    private Visit uncounted(int i) {
        return () -> {
            site.with("User-Agent", people.get(i)).get(article + "?view=false").expect(200);
            site.with("User-Agent", people.get(i + 1)).head(article).expect(200);
            String purpose = i % 8 == 2 ? "prefetch" : "prefetch;prerender";
            HttpAnswer prefetched = site.with("User-Agent", people.get(i + 2))
                    .with("Sec-Purpose", purpose)
                    .get(article);
            // a site may decline to be fetched ahead
            assertThat(prefetched.status()).as("%s", prefetched).isIn(200, 204, 503);
            SiteClient embedding = site.with("User-Agent", people.get(i + 3)).with("Sec-Fetch-Site", "cross-site");
            embedding.with("Sec-Fetch-Dest", "image").get(article).expect(200);
            embedding
                    .with("Origin", "https://another-site.example")
                    .post(article + "/views")
                    .expectProblem(403);
            staff.with("User-Agent", people.get(i + 3)).get(article).expect(200);
        };
    }

    private void view(SiteClient visitor) throws IOException, InterruptedException {
        visitor.post(article + "/views").expect(202).text("eventId");
    }

    private static void letIn(List<Visit> visits) throws Exception {
        ExecutorService doors = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (Visit visit : visits) {
                calls.add(() -> {
                    visit.go();
                    return true;
                });
            }
            for (Future<Boolean> call : doors.invokeAll(calls)) {
                call.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError wrong) {
                throw wrong;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            doors.shutdownNow();
        }
    }
}
