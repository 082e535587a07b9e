package broadsheet.story;

import broadsheet.story.EventStream.Event;
import broadsheet.story.Newsroom.Account;
import broadsheet.story.Newsroom.Article;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The story from an empty newsroom to exact numbers; it leaves its articles and accounts behind. */
record Telling(Steps steps, Site site, boolean alone) {

    private static final String SECTION = "Company News";
    private static final long ALERT_MILLIS = 1000;
    private static final Duration BOUND = Duration.ofSeconds(60);

    StoryState tell(String password) throws IOException {
        Readiness.await(steps, site);
        List<Account> accounts = Staff.newAccounts();
        Staff staff = staff(password, accounts);
        steps.step("the section " + SECTION, () -> staff.admin().openSection(SECTION, Draft.SECTION));
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        Site operator = staff.admin().site();
        Ledger before = steps.need("the ledger adds up before", () -> Ledger.since(hour, operator));
        Subscriber subscriber = new Subscriber(site);
        EventStream stream = steps.need("a subscriber listens", subscriber::listen);
        Draft draft = Draft.ofTheStory();
        Article article = publish(draft, staff, stream);
        Counts counts = new Counts(Crowd.PEOPLE, Crowd.PEOPLE, Crowd.CRAWLERS);
        read(article, staff);
        new Numbers(steps, site, operator, article.id(), article.url(), counts).sayTheSame();
        Ledger ledger = ledger(hour, operator, before);
        steps.step(
                "the page shows the article and the way to it",
                () -> Page.read(site, article.url()).expectArticle(draft, SECTION));
        steps.step(
                "the page shows its credits",
                () -> Page.read(site, article.url()).expectCredits(Objects.requireNonNull(draft.credits())));
        Article hostile = hostile(staff, stream);
        new Defences(steps, site, staff).hold();
        String left = leave(stream, article);
        Article away = steps.need(
                "an article is published while the subscriber is away",
                () -> staff.publish(Draft.of("While the subscriber was away", "markdown", "Something **new**.")));
        List<String> seen = List.of(article.id(), hostile.id());
        steps.step("the subscriber comes back and has missed nothing", () -> subscriber.resume(left, away.id(), seen));
        steps.step("the list of events tells the same", () -> subscriber.catchUp(left, away.id(), seen));
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
        Newsroom admin = steps.need("the admin signs in", () -> Newsroom.signIn(site, "admin", password));
        for (Account account : accounts) {
            String role = String.join(", ", account.roles());
            steps.step("an account for an " + role, () -> admin.open(account));
        }
        return new Staff(
                admin,
                steps.need("the author signs in", () -> Newsroom.signIn(site, accounts.get(0))),
                steps.need("the editor signs in", () -> Newsroom.signIn(site, accounts.get(1))));
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
                    "article.published", event -> event.tells(Subscriber.PUBLISHED, published.id()), BOUND);
            long millis = TimeUnit.NANOSECONDS.toMillis(alert.at() - asked);
            long late = TimeUnit.NANOSECONDS.toMillis(alert.at() - answered);
            steps.figure("publish request to SSE", millis + " ms");
            Mismatch.unless(late <= ALERT_MILLIS, ALERT_MILLIS + " ms after the answer", "it took " + late + " ms");
        });
        return published;
    }

    private void read(Article article, Staff staff) {
        steps.step(Crowd.PEOPLE + " people and " + Crowd.CRAWLERS + " crawlers read it", () -> {
            Answer shown =
                    site.get("/api/articles/" + article.id() + "?view=false").expect(200);
            Crowd crowd = new Crowd(site, staff.author().site(), article.id(), shown.etag());
            steps.figure("views accepted", crowd.read() + " a second");
        });
    }

    private Ledger ledger(Instant hour, Site operator, Ledger before) {
        Map<String, Long> growth = Map.of(
                "received", (long) Crowd.PEOPLE + Crowd.DOUBLE_CLICKS + Crowd.CRAWLERS,
                "counted", (long) Crowd.PEOPLE,
                "doubleClicks", (long) Crowd.DOUBLE_CLICKS,
                "bots", (long) Crowd.CRAWLERS);
        steps.step(
                "the ledger has every view and adds up",
                () -> Await.within(BOUND, () -> Ledger.since(hour, operator).expectGrowth(before, growth, alone)));
        return steps.need("the ledger is noted", () -> Ledger.since(hour, operator));
    }

    private Article hostile(Staff staff, EventStream stream) {
        Article hostile = steps.need("an article that attacks its readers", () -> staff.publish(Hostile.DRAFT));
        steps.step("no attack is in its JSON", () -> Hostile.expectHarmlessJson(site, hostile.id()));
        steps.step("no attack is on its page", () -> Hostile.expectHarmlessPage(site, hostile.url()));
        steps.step(
                "the subscriber is alerted to it",
                () -> stream.await("its event", event -> event.tells(Subscriber.PUBLISHED, hostile.id()), BOUND));
        return hostile;
    }

    private String leave(EventStream stream, Article article) {
        return steps.need("the subscriber got each alert once, and leaves", () -> {
            long alerts = stream.seen().stream()
                    .filter(event -> event.tells(Subscriber.PUBLISHED, article.id()))
                    .count();
            Mismatch.unlessEqual("the alerts for the article", 1L, alerts);
            Mismatch.unless(!stream.lastId().isEmpty(), "events with an id", "got " + stream.seen());
            stream.close();
            return stream.lastId();
        });
    }
}
