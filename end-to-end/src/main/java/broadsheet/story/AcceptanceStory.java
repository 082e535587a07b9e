package broadsheet.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import broadsheet.story.EventStream.Event;
import broadsheet.story.StaffClient.Account;
import broadsheet.story.StaffClient.Article;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The acceptance story from new accounts to exact counts; it leaves its articles and accounts behind. */
record AcceptanceStory(Steps steps, SiteClient site, boolean alone) {

    private static final String SECTION = "Company News";
    private static final long ALERT_MILLIS = 1000;
    private static final Duration BOUND = Duration.ofSeconds(60);

    StoryState tell(String password) throws IOException {
        Readiness.await(steps, site);
        List<Account> accounts = Staff.newAccounts();
        Staff staff = staff(password, accounts);
        steps.step("the section " + SECTION, () -> staff.admin().openSection(SECTION, Draft.SECTION));
        SiteClient operator = staff.admin().site();
        steps.step(
                "every service knows the session",
                () -> await().atMost(BOUND).untilAsserted(() -> SessionEnds.expectGood(operator)));
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        Ledger before = steps.need("the ledger adds up before", () -> Ledger.since(hour, operator));
        Subscriber subscriber = new Subscriber(site);
        EventStream stream = steps.need("a subscriber listens", subscriber::listen);
        Draft draft = Draft.ofTheStory();
        Article article = publish(draft, staff, stream);
        ExpectedCounts counts = new ExpectedCounts(ReaderTraffic.PEOPLE, ReaderTraffic.PEOPLE, ReaderTraffic.CRAWLERS);
        read(article, staff);
        new CountChecks(steps, site, operator, article.id(), article.url(), counts).check();
        Ledger ledger = ledger(hour, operator, before);
        steps.step(
                "the page shows the article and the way to it",
                () -> ReaderPage.read(site, article.url()).expectArticle(draft, SECTION));
        steps.step(
                "the page shows its credits",
                () -> ReaderPage.read(site, article.url()).expectCredits(draft.creditsOnceApproved()));
        Article hostile = hostile(staff, stream);
        withdraw(hostile, staff);
        steps.step(
                "the subscriber hears that it is withdrawn",
                () -> stream.await("its event", event -> event.reports(Subscriber.WITHDRAWN, hostile.id()), BOUND));
        new ReviewedCorrection(steps, site, staff, stream).check();
        new RequestRefusals(steps, site, staff).check();
        new SessionEnds(steps, site, staff.admin()).check();
        String left = leave(stream, article);
        Article away = steps.need(
                "an article is published while the subscriber is away",
                () -> staff.publish(Draft.of("While the subscriber was away", "markdown", "Something **new**.")));
        List<String> seen = List.of(article.id(), hostile.id());
        steps.step("the subscriber comes back and has missed nothing", () -> subscriber.resume(left, away.id(), seen));
        steps.step("the list of events holds the same", () -> subscriber.catchUp(left, away.id(), seen));
        return new StoryState(
                article.id(),
                article.url(),
                counts,
                hour,
                ledger.sums(),
                left,
                away.id(),
                seen,
                accounts,
                steps.figures());
    }

    private Staff staff(String password, List<Account> accounts) {
        StaffClient admin = steps.need("the admin signs in", () -> StaffClient.signIn(site, "admin", password));
        for (Account account : accounts) {
            String role = String.join(", ", account.roles());
            steps.step("an account for an " + role, () -> admin.open(account));
        }
        return new Staff(
                admin,
                steps.need("the author signs in", () -> StaffClient.signIn(site, accounts.get(0))),
                steps.need("the editor signs in", () -> StaffClient.signIn(site, accounts.get(1))),
                steps.need("another editor signs in", () -> StaffClient.signIn(site, accounts.get(2))));
    }

    private Article publish(Draft draft, Staff staff, EventStream stream) {
        Article written =
                steps.need("the author writes the article", () -> staff.author().draft(draft));
        Article submitted =
                steps.need("the author submits it", () -> staff.author().submit(written));
        Article approved =
                steps.need("the editor approves it", () -> staff.editor().approve(submitted));
        long asked = System.nanoTime();
        Article published =
                steps.need("the editor publishes it", () -> staff.editor().publish(approved));
        long answered = System.nanoTime();
        steps.step("the subscriber is alerted within " + ALERT_MILLIS + " ms", () -> {
            Event alert = stream.await(
                    "article.published", event -> event.reports(Subscriber.PUBLISHED, published.id()), BOUND);
            long millis = TimeUnit.NANOSECONDS.toMillis(alert.at() - asked);
            long late = TimeUnit.NANOSECONDS.toMillis(alert.at() - answered);
            steps.figure("publish request to SSE", millis + " ms");
            assertThat(late).as("milliseconds from the answer to the alert").isLessThanOrEqualTo(ALERT_MILLIS);
        });
        return published;
    }

    private void read(Article article, Staff staff) {
        steps.step(ReaderTraffic.PEOPLE + " people and " + ReaderTraffic.CRAWLERS + " crawlers read it", () -> {
            HttpAnswer shown =
                    site.get("/api/articles/" + article.id() + "?view=false").expect(200);
            ReaderTraffic crowd = new ReaderTraffic(site, staff.author().site(), article.id(), shown.header("ETag"));
            steps.figure("views accepted", crowd.read() + " a second");
        });
    }

    private Ledger ledger(Instant hour, SiteClient operator, Ledger before) {
        Map<String, Long> growth = Map.of(
                "received", (long) ReaderTraffic.PEOPLE + ReaderTraffic.DOUBLE_CLICKS + ReaderTraffic.CRAWLERS,
                "counted", (long) ReaderTraffic.PEOPLE,
                "doubleClicks", (long) ReaderTraffic.DOUBLE_CLICKS,
                "bots", (long) ReaderTraffic.CRAWLERS);
        steps.step(
                "the ledger has every view and adds up",
                () -> await().atMost(BOUND)
                        .ignoreExceptions()
                        .untilAsserted(() -> Ledger.since(hour, operator).expectGrowth(before, growth, alone)));
        return steps.need("the ledger is noted", () -> Ledger.since(hour, operator));
    }

    private Article hostile(Staff staff, EventStream stream) {
        Article hostile = steps.need("an article that attacks its readers", () -> staff.publish(ScriptInjection.DRAFT));
        steps.step("no attack is in its JSON", () -> ScriptInjection.expectHarmlessJson(site, hostile.id()));
        steps.step("no attack is on its page", () -> ScriptInjection.expectHarmlessPage(site, hostile.url()));
        steps.step(
                "the subscriber is alerted to it",
                () -> stream.await("its event", event -> event.reports(Subscriber.PUBLISHED, hostile.id()), BOUND));
        return hostile;
    }

    /** At once: whatever has been kept of it for readers is dropped with the change. */
    private void withdraw(Article article, Staff staff) {
        steps.step("what is withdrawn is gone at once, for readers and in the list", () -> {
            String path = "/api/articles/" + article.id();
            String list = "/api/articles?limit=5";
            for (String read : List.of(path + "?view=false", list)) {
                assertThat(site.get(read).expect(200).body()).as(read).contains(article.id());
            }
            site.page(article.url()).expect(200);
            staff.editor().withdraw(article);
            site.get(path + "?view=false").expectProblem(410);
            site.page(article.url()).expect(410);
            assertThat(site.get(list).expect(200).body()).as(list).doesNotContain(article.id());
        });
    }

    private String leave(EventStream stream, Article article) {
        return steps.need("the subscriber got each alert once, and leaves", () -> {
            long alerts = stream.seen().stream()
                    .filter(event -> event.reports(Subscriber.PUBLISHED, article.id()))
                    .count();
            assertThat(alerts).as("the alerts for the article").isEqualTo(1L);
            assertThat(stream.lastId()).as("events with an id").isNotEmpty();
            stream.close();
            return stream.lastId();
        });
    }
}
