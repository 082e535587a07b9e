package broadsheet.story;

import static org.awaitility.Awaitility.await;

import broadsheet.story.StaffClient.Account;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** Checks that a site that was killed and started again answers what it answered before. */
record RestartVerification(Steps steps, SiteClient site, boolean alone) {

    private static final Duration BOUND = Duration.ofSeconds(60);

    void verify(StoryState told, String password) throws IOException {
        Readiness.await(steps, site);
        SiteClient operator = steps.need("the admin signs in", () -> StaffClient.signIn(site, "admin", password))
                .site();
        for (Account account : told.accounts()) {
            steps.step(
                    "the account of " + account.username() + " is there",
                    () -> Objects.requireNonNull(StaffClient.signIn(site, account)));
        }
        new CountChecks(steps, site, operator, told.articleId(), told.url(), told.counts()).check();
        steps.step(
                "the ledger says the same",
                () -> await().atMost(BOUND)
                        .ignoreExceptions()
                        .untilAsserted(() -> Ledger.since(told.ledgerFrom(), operator)
                                .expectGrowth(new Ledger(told.ledger()), Map.of(), alone)));
        Draft draft = Draft.ofTheStory();
        steps.step(
                "the page shows the article",
                () -> ReaderPage.read(site, told.url()).expectArticle(draft, "Company News"));
        steps.step(
                "the page shows its credits",
                () -> ReaderPage.read(site, told.url()).expectCredits(draft.creditsOnceApproved()));
        steps.step(
                "the article published last is there",
                () -> site.get("/api/articles/" + told.awayArticleId() + "?view=false")
                        .expect(200));
        Subscriber subscriber = new Subscriber(site);
        steps.step(
                "the subscriber resumes with the last id and misses nothing",
                () -> subscriber.resume(told.lastEventId(), told.awayArticleId(), told.seenArticleIds()));
        steps.step(
                "the list of events holds the same",
                () -> subscriber.catchUp(told.lastEventId(), told.awayArticleId(), told.seenArticleIds()));
    }
}
