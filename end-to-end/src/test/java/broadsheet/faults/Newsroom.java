package broadsheet.faults;

import broadsheet.story.Draft;
import broadsheet.story.HttpAnswer;
import broadsheet.story.SiteClient;
import broadsheet.story.Staff;
import broadsheet.story.StaffClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;

/** Publishes the articles that are to be read. */
final class Newsroom {

    private static final int AT_ONCE = 8;
    private static final Duration BOUND = Duration.ofMinutes(1);

    private final Staff staff;

    private Newsroom(Staff staff) {
        this.staff = staff;
    }

    static Newsroom at(SiteClient site, String password) throws Exception {
        StaffClient admin = StaffClient.signIn(site, "admin", password);
        admin.openSection("Company news", Draft.SECTION);
        List<StaffClient> members = new ArrayList<>();
        for (StaffClient.Account account : Staff.newAccounts()) {
            admin.open(account);
            members.add(StaffClient.signIn(site, account));
        }
        return new Newsroom(new Staff(admin, members.get(0), members.get(1), members.get(2)));
    }

    /** Their ids. */
    List<String> publish(int count) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<String>> published = new ArrayList<>();
            for (int number = 1; number <= count; number++) {
                Draft draft = Draft.of("Article %d of the fault run".formatted(number), "markdown", "It is read.");
                published.add(threads.submit(() -> staff.publish(draft).id()));
            }
            List<String> ids = new ArrayList<>();
            for (Future<String> one : published) {
                ids.add(one.get());
            }
            return ids;
        } finally {
            threads.shutdownNow();
        }
    }

    /** The admin at another address of the same site, as soon as signing in is possible. */
    static SiteClient adminAt(SiteClient elsewhere, SiteClient site, String password) {
        HttpAnswer session = Awaitility.await()
                .atMost(BOUND)
                .ignoreExceptions()
                .until(
                        () -> site.post("/api/session", Map.of("username", "admin", "password", password)),
                        answer -> answer.status() == 200);
        return elsewhere.as(session.text("token"));
    }
}
