package broadsheet.story;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.story.StaffClient.Article;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What is published changes by a correction that somebody else reviewed; until then readers see the old text. */
record ReviewedCorrection(Steps steps, SiteClient site, Staff staff, EventStream stream) {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String NOTE = "The figure was wrong.";
    private static final Draft WRONG = Draft.of("A thousand came", "markdown", "There were a thousand of them.");
    private static final Draft RIGHT = Draft.of("A hundred came", "markdown", "There were a hundred of them.");

    void check() {
        Article published = steps.need("an article with a mistake is published", () -> staff.publish(WRONG));
        Article proposed = steps.need(
                "the editor writes a correction", () -> staff.editor().rewrite(published, RIGHT));
        Article submitted =
                steps.need("and submits it", () -> staff.editor().moveCorrection(proposed, "submit", "in_review"));
        steps.step(
                "nobody approves a correction of their own",
                () -> staff.editor().transition(submitted, "approve").expectProblem(403));
        steps.step("the list of what waits for review has it", () -> {
            HttpAnswer waiting = staff.reviewer()
                    .site()
                    .get("/api/articles?status=in_review")
                    .expect(200);
            assertThat(waiting.body()).contains(published.id());
        });
        steps.step("readers see the old text meanwhile", () -> readersSee(published, WRONG, RIGHT));
        Article approved = steps.need(
                "another editor approves it", () -> staff.reviewer().moveCorrection(submitted, "approve", "approved"));
        steps.step(
                "a correction needs a note for readers",
                () -> staff.reviewer().transition(approved, "correct").expectProblemNaming("note"));
        Article corrected =
                steps.need("another editor publishes it", () -> staff.reviewer().correct(approved, NOTE));
        steps.step("readers see the new text and the note at once", () -> {
            readersSee(corrected, RIGHT, WRONG);
            assertThat(site.get(path(corrected)).expect(200).text("correctionNote"))
                    .isEqualTo(NOTE);
        });
        steps.step(
                "the subscriber hears of it",
                () -> stream.await("its event", event -> event.reports(Subscriber.CORRECTED, corrected.id()), BOUND));
        steps.step("its history has each step", () -> {
            HttpAnswer history = staff.author()
                    .site()
                    .get("/api/articles/" + corrected.id() + "/transitions")
                    .expect(200);
            assertThat(history.json()
                            .path("items")
                            .valueStream()
                            .map(step -> step.path("action").asString("")))
                    .containsExactlyElementsOf(
                            List.of("submit", "approve", "publish", "rewrite", "submit", "approve", "correct"));
        });
    }

    private void readersSee(Article article, Draft shown, Draft hidden) throws IOException, InterruptedException {
        HttpAnswer json = site.get(path(article)).expect(200);
        assertThat(json.text("title")).isEqualTo(shown.title());
        assertThat(json.body())
                .as("the article's JSON")
                .doesNotContain(hidden.body().text());
        assertThat(ReaderPage.read(site, article.url()).words())
                .as("the article's page")
                .contains(shown.body().text())
                .doesNotContain(hidden.body().text());
    }

    private static String path(Article article) {
        return "/api/articles/" + article.id() + "?view=false";
    }
}
