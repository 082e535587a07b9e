package broadsheet.story;

import broadsheet.story.StaffClient.Account;
import broadsheet.story.StaffClient.Article;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures the time from the request to publish an article until a subscriber has its event, over many articles. */
record AlertLatency(Steps steps, SiteClient site) {

    private static final int ARTICLES = 100;
    private static final Duration BOUND = Duration.ofSeconds(30);

    void measure(String password) {
        Readiness.await(steps, site);
        StaffClient admin = steps.need("the admin signs in", () -> StaffClient.signIn(site, "admin", password));
        Staff staff = steps.need("an author and an editor", () -> staff(admin));
        EventStream stream = steps.need("a subscriber listens", () -> new Subscriber(site).listen());
        List<Long> millis = steps.need(ARTICLES + " articles are published", () -> publish(staff, stream));
        Collections.sort(millis);
        steps.figure(
                "publish request to SSE",
                "median %d ms, longest %d ms".formatted(millis.get(ARTICLES / 2), millis.get(ARTICLES - 1)));
    }

    private static Staff staff(StaffClient admin) throws IOException, InterruptedException {
        List<Account> accounts = Staff.newAccounts();
        for (Account account : accounts) {
            admin.open(account);
        }
        admin.openSection("Company News", Draft.SECTION);
        return new Staff(
                admin,
                StaffClient.signIn(admin.site(), accounts.get(0)),
                StaffClient.signIn(admin.site(), accounts.get(1)),
                StaffClient.signIn(admin.site(), accounts.get(2)));
    }

    private static List<Long> publish(Staff staff, EventStream stream) throws IOException, InterruptedException {
        List<Long> millis = new ArrayList<>();
        for (int i = 1; i <= ARTICLES; i++) {
            Draft draft = Draft.of("Alert " + i, "markdown", "Something **new**.");
            Article approved =
                    staff.editor().approve(staff.author().submit(staff.author().draft(draft)));
            long asked = System.nanoTime();
            staff.editor().publish(approved);
            EventStream.Event alert = stream.await(
                    "article.published", event -> event.reports(Subscriber.PUBLISHED, approved.id()), BOUND);
            millis.add(TimeUnit.NANOSECONDS.toMillis(alert.at() - asked));
        }
        return millis;
    }
}
