package broadsheet.story;

import broadsheet.story.StaffClient.Article;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Checks that bad input and forbidden requests are refused with the right status and problem details, never a 500. */
record RequestRefusals(Steps steps, SiteClient site, Staff staff) {

    private static final String UNKNOWN = "/api/articles/01900000-0000-7000-8000-000000000000";
    private static final Draft PLAIN = Draft.of("A draft", "markdown", "Some words.");

    void check() {
        badInput();
        people();
        Article draft =
                steps.need("an article to be attacked", () -> staff.author().draft(PLAIN));
        changes(draft);
        transitions(draft);
    }

    private void badInput() {
        SiteClient author = staff.author().site();
        BiConsumer<String, String> refused = (field, json) -> steps.step(
                "400 names " + field,
                () -> author.sendJson("POST", "/api/articles", json).expectProblemNaming(field));
        refused.accept("subtitel", """
                {"title": "A", "subtitel": "B", "body": {"format": "markdown", "text": "C"}, "category": "company-news"}""");
        refused.accept("tags", """
                {"title": "A", "body": {"format": "markdown", "text": "C"}, "category": "company-news", "tags": 7}""");
        refused.accept("title", """
                {"body": {"format": "markdown", "text": "C"}, "category": "company-news"}""");
        refused.accept("format", """
                {"title": "A", "body": {"format": "word", "text": "C"}, "category": "company-news"}""");
        steps.step(
                "400 for what is not JSON",
                () -> author.sendJson("POST", "/api/articles", "{\"title\": ").expectProblem(400));
        steps.step("413 for more than 2 MiB", () -> {
            String text = "news ".repeat(500_000);
            author.post("/api/articles", Draft.of("Long", "markdown", text)).expectProblem(413);
        });
        steps.step(
                "415 for another media type",
                () -> author.with("Content-Type", "text/csv")
                        .send("POST", "/api/articles", "a,b")
                        .expectProblem(415));
        steps.step(
                "405 for another method",
                () -> author.send("PATCH", "/api/articles", null).expectProblem(405));
        steps.step(
                "400 for a cursor nobody gave",
                () -> site.get("/api/articles?cursor=%00nonsense").expectProblem(400));
        for (String limit : List.of("0", "101", "many")) {
            steps.step(
                    "400 for limit=" + limit,
                    () -> site.get("/api/articles?limit=" + limit).expectProblemNaming("limit"));
        }
        steps.step("404 for an unknown article", () -> site.get(UNKNOWN).expectProblem(404));
        steps.step(
                "404 for a view of an unknown article",
                () -> site.post(UNKNOWN + "/views").expectProblem(404));
    }

    private void people() {
        SiteClient author = staff.author().site();
        steps.step(
                "401 for a wrong password",
                () -> site.post("/api/session", Map.of("username", "nobody-here", "password", "not a password"))
                        .expectProblem(401));
        steps.step(
                "401 for an anonymous author",
                () -> site.post("/api/articles", PLAIN).expectProblem(401));
        steps.step(
                "401 for a made-up token",
                () -> site.as("made.up.token").post("/api/articles", PLAIN).expectProblem(401));
        steps.step(
                "401 for anonymous statistics",
                () -> site.get("/api/stats/ledger").expectProblem(401));
        steps.step(
                "403 for an author's statistics",
                () -> author.get("/api/stats/ledger").expectProblem(403));
        steps.step(
                "403 for an author's accounts",
                () -> author.post("/api/accounts", Staff.newAccounts().get(1)).expectProblem(403));
    }

    private void changes(Article draft) {
        SiteClient author = staff.author().site();
        String path = "/api/articles/" + draft.id();
        steps.step("404 for a reader of a draft", () -> site.get(path).expectProblem(404));
        steps.step(
                "HEAD tells no more of a draft than GET", () -> site.head(path).expect(404));
        steps.step("401 for a reader of its history, GET and HEAD", () -> {
            site.get(path + "/transitions").expectProblem(401);
            site.head(path + "/transitions").expect(401);
        });
        steps.step("404 for a view of a draft", () -> site.post(path + "/views").expectProblem(404));
        steps.step(
                "428 for a change without If-Match",
                () -> author.put(path, PLAIN).expectProblem(428));
        steps.step("412 for a stale change", () -> {
            Draft changed = Draft.of("A changed draft", "markdown", "Other words.");
            author.with("If-Match", draft.etag()).put(path, changed).expect(200);
            author.with("If-Match", draft.etag()).put(path, PLAIN).expectProblem(412);
        });
    }

    private void transitions(Article stale) {
        String path = "/api/articles/" + stale.id();
        steps.step(
                "412 for a stale transition",
                () -> staff.author().transition(stale, "submit").expectProblem(412));
        Article draft = steps.need(
                "the draft as it is now",
                () -> Article.of(staff.author().site().get(path).expect(200)));
        steps.step(
                "400 for an unknown action",
                () -> staff.editor().transition(draft, "print").expectProblemNaming("action"));
        steps.step(
                "409 for publishing a draft",
                () -> staff.editor().transition(draft, "publish").expectProblem(409));
        Article submitted =
                steps.need("the draft is submitted", () -> staff.author().submit(draft));
        steps.step(
                "403 for an author who approves",
                () -> staff.author().transition(submitted, "approve").expectProblem(403));
        steps.step("nobody approves an own article", () -> {
            Article own = staff.editor().submit(staff.editor().draft(PLAIN));
            staff.editor().transition(own, "approve").expectProblemOf(Set.of(403, 409));
        });
    }
}
