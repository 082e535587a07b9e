package broadsheet.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The site as one member of the staff uses it: accounts, categories, articles and their transitions. */
public record StaffClient(SiteClient site) {

    public record Account(String username, String displayName, String password, List<String> roles) {}

    /** An article as last answered, with the ETag that the next change of it needs. */
    public record Article(String id, String etag, JsonNode json) {

        static Article of(HttpAnswer answer) {
            return new Article(answer.text("id"), answer.etag(), answer.json());
        }

        String url() {
            return json.path("url").asString("");
        }

        String status() {
            return json.path("status").asString("");
        }
    }

    public static StaffClient signIn(SiteClient site, String username, String password)
            throws IOException, InterruptedException {
        HttpAnswer answer = site.post("/api/session", Map.of("username", username, "password", password))
                .expect(200);
        assertThat(answer.text("username")).as("the session's username").isEqualTo(username);
        return new StaffClient(site.as(answer.text("token")));
    }

    public static StaffClient signIn(SiteClient site, Account account) throws IOException, InterruptedException {
        return signIn(site, account.username(), account.password());
    }

    public void open(Account account) throws IOException, InterruptedException {
        HttpAnswer answer = site.post("/api/accounts", account).expect(201);
        assertThat(answer.body()).as("no password in the answer").doesNotContain(account.password());
    }

    /** Creates a section, or finds it there already. */
    public void openSection(String name, String slug) throws IOException, InterruptedException {
        HttpAnswer answer = site.post("/api/categories", Map.of("name", name, "slug", slug));
        assertThat(answer.status()).as("%s", answer).isIn(201, 409);
    }

    Article draft(Draft draft) throws IOException, InterruptedException {
        HttpAnswer answer = site.post("/api/articles", draft).expect(201);
        Article article = Article.of(answer);
        assertThat(article.status()).as("the status").isEqualTo("draft");
        String location = answer.header("Location");
        assertThat(location).as("Location of the article").endsWith("/api/articles/" + article.id());
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

    Article withdraw(Article article) throws IOException, InterruptedException {
        return move(article, "withdraw", "withdrawn");
    }

    /** A new content: of what is published it becomes a correction beside it. */
    Article rewrite(Article article, Draft draft) throws IOException, InterruptedException {
        return Article.of(site.with("If-Match", article.etag())
                .put("/api/articles/" + article.id(), draft)
                .expect(200));
    }

    /** A step of a published article's correction. */
    Article moveCorrection(Article article, String action, String status) throws IOException, InterruptedException {
        Article moved = Article.of(transition(article, action).expect(200));
        assertThat(moved.json().path("correction").path("status").asString(""))
                .as("the correction's status after " + action)
                .isEqualTo(status);
        return moved;
    }

    Article correct(Article article, String note) throws IOException, InterruptedException {
        HttpAnswer answer = site.with("If-Match", article.etag())
                .post("/api/articles/" + article.id() + "/transitions", Map.of("action", "correct", "note", note));
        Article corrected = Article.of(answer.expect(200));
        assertThat(corrected.status()).as("the status after correct").isEqualTo("corrected");
        return corrected;
    }

    HttpAnswer transition(Article article, String action) throws IOException, InterruptedException {
        return site.with("If-Match", article.etag())
                .post("/api/articles/" + article.id() + "/transitions", Map.of("action", action));
    }

    private Article move(Article article, String action, String status) throws IOException, InterruptedException {
        Article moved = Article.of(transition(article, action).expect(200));
        assertThat(moved.status()).as("the status after " + action).isEqualTo(status);
        return moved;
    }
}
