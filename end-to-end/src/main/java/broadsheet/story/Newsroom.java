package broadsheet.story;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What one member of the staff does: accounts, sections, articles and their way to publication. */
record Newsroom(Site site) {

    record Account(String username, String displayName, String password, List<String> roles) {}

    /** An article as last answered, with the ETag that the next change of it needs. */
    record Article(String id, String etag, JsonNode json) {

        static Article of(Answer answer) {
            return new Article(answer.text("id"), answer.etag(), answer.json());
        }

        String url() {
            return json.path("url").asString("");
        }

        String status() {
            return json.path("status").asString("");
        }
    }

    static Newsroom signIn(Site site, String username, String password) throws IOException, InterruptedException {
        Answer answer = site.post("/api/session", Map.of("username", username, "password", password))
                .expect(200);
        Mismatch.unlessEqual("the session's username", username, answer.text("username"));
        return new Newsroom(site.as(answer.text("token")));
    }

    static Newsroom signIn(Site site, Account account) throws IOException, InterruptedException {
        return signIn(site, account.username(), account.password());
    }

    void open(Account account) throws IOException, InterruptedException {
        Answer answer = site.post("/api/accounts", account).expect(201);
        Mismatch.unless(!answer.body().contains(account.password()), "no password in the answer", "it is there");
    }

    /** Creates a section, or finds it there already. */
    void openSection(String name, String slug) throws IOException, InterruptedException {
        Answer answer = site.post("/api/categories", Map.of("name", name, "slug", slug));
        Mismatch.unless(Set.of(201, 409).contains(answer.status()), "201 or 409 from " + answer.call(), answer);
    }

    Article draft(Draft draft) throws IOException, InterruptedException {
        Answer answer = site.post("/api/articles", draft).expect(201);
        Article article = Article.of(answer);
        Mismatch.unlessEqual("the status", "draft", article.status());
        String location = answer.header("Location");
        Mismatch.unless(
                location.endsWith("/api/articles/" + article.id()), "Location of the article", "got " + location);
        return article;
    }

    Article submit(Article article) throws IOException, InterruptedException {
        return move(article, "submit", "in_review");
    }

    Article approve(Article article) throws IOException, InterruptedException {
        return move(article, "approve", "approved");
    }

    Article publish(Article article) throws IOException, InterruptedException {
        return move(article, "publish", "published");
    }

    Answer transition(Article article, String action) throws IOException, InterruptedException {
        return site.with("If-Match", article.etag())
                .post("/api/articles/" + article.id() + "/transitions", Map.of("action", action));
    }

    private Article move(Article article, String action, String status) throws IOException, InterruptedException {
        Article moved = Article.of(transition(article, action).expect(200));
        Mismatch.unlessEqual("the status after " + action, status, moved.status());
        return moved;
    }
}
