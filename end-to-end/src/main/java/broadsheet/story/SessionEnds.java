package broadsheet.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import broadsheet.story.StaffClient.Account;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Checks that a session ends on every service soon after its account signs out, is demoted or disabled. */
record SessionEnds(Steps steps, SiteClient site, StaffClient admin) {

    private static final long END_MILLIS = 2000;
    private static final Duration BOUND = Duration.ofSeconds(30);

    /** One call a service that an operator may make. */
    private static final List<String> CALLS =
            List.of("/api/session", "/api/stats/ledger", "/api/notifications?limit=1");

    void check() {
        Account account = Staff.newOperator();
        String path = "/api/accounts/" + account.username();
        steps.step("an account for an operator", () -> admin.open(account));
        ends(
                account,
                "signing out",
                session -> session.send("DELETE", "/api/session", null).expect(204));
        ends(account, "another role", session -> change(path, Map.of("displayName", "A", "roles", List.of("EDITOR"))));
        SiteClient editor = signedIn(account, "signs in again at once");
        steps.step(
                "403 for what the role no longer allows",
                () -> editor.get("/api/stats/ledger").expectProblem(403));
        ends(
                account,
                "being disabled",
                session -> change(path, Map.of("displayName", "A", "roles", List.of("EDITOR"), "disabled", true)));
        steps.step(
                "401 for who is disabled",
                () -> site.post("/api/session", Map.of("username", account.username(), "password", account.password()))
                        .expectProblem(401));
    }

    private void ends(Account account, String how, End end) {
        SiteClient session = signedIn(account, "signs in");
        steps.step(how + " ends the session on every service within " + END_MILLIS + " ms", () -> {
            for (String call : CALLS) {
                assertThat(session.get(call).status()).as(call).isNotEqualTo(401);
            }
            end.of(session);
            long ended = System.nanoTime();
            for (String call : CALLS) {
                await().atMost(BOUND).untilAsserted(() -> session.get(call).expectProblem(401));
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ended);
            steps.figure("end of a session by " + how, millis + " ms");
            assertThat(millis).as("milliseconds until all services refused").isLessThanOrEqualTo(END_MILLIS);
        });
    }

    /** A service that has just started does not know sessions yet. */
    static void expectGood(SiteClient operator) throws IOException, InterruptedException {
        for (String call : CALLS) {
            operator.get(call).expect(200);
        }
    }

    private SiteClient signedIn(Account account, String what) {
        return steps.need("the account " + what, () -> StaffClient.signIn(site, account))
                .site();
    }

    private void change(String path, Map<String, Object> account) throws Exception {
        SiteClient editing =
                admin.site().with("If-Match", admin.site().get(path).expect(200).etag());
        editing.put(path, account).expect(200);
    }

    private interface End {
        void of(SiteClient session) throws Exception;
    }
}
