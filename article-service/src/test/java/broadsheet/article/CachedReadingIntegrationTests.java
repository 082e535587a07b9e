package broadsheet.article;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.web.access.SessionTokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Takes an article through all its states and then through random ones, and looks at it after each step as everyone, in
 * every representation, from the cache and past it. Each text of it has a title of its own, so what is seen says when it
 * was written.
 */
@ArticleServiceTest
class CachedReadingIntegrationTests {

    private static final List<String> ALL_STATES = List.of(
            "write",
            "submit",
            "reject",
            "write",
            "submit",
            "approve",
            "schedule",
            "unschedule",
            "schedule",
            "publish",
            "write",
            "submit",
            "reject",
            "write",
            "submit",
            "approve",
            "correct",
            "write",
            "withdraw");
    private static final List<String> ACTIONS = List.of(
            "write",
            "submit",
            "approve",
            "reject",
            "schedule",
            "unschedule",
            "publish",
            "correct",
            "withdraw",
            "rename category");
    private static final int RANDOM_STEPS = 40;
    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");
    private static final Pattern CHANGED = Pattern.compile("\"updatedAt\":\"([^\"]+)\"");
    private static final Pattern TITLE = Pattern.compile("Text \\d+ of [0-9a-f]{8}");

    private final WebTestClient http;
    private final NewsroomClient newsroom;
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final String name = UUID.randomUUID().toString().substring(0, 8);
    private final String category = "section-" + name;
    private String author = "";
    private String editor = "";
    private final List<String> staff = new ArrayList<>();

    private final List<String> steps = new ArrayList<>();
    private final Map<String, String> titlesByETag = new HashMap<>();
    private final Map<Long, String> changesByVersion = new HashMap<>();
    private int texts;
    private int articles;
    private String id = "";
    private String slug = "";
    private long version;
    private String written = "";
    private @Nullable String publicTitle;
    private boolean withdrawn;
    private long publicVersion;
    private String categoryName = "Section";

    CachedReadingIntegrationTests(@Autowired WebTestClient http) {
        this.http = http;
        this.newsroom = new NewsroomClient(http);
    }

    @BeforeEach
    void staffAndACategory() {
        author = newsroom.newAccount("ann", "AUTHOR");
        editor = newsroom.newAccount("ed", "EDITOR");
        staff.addAll(List.of(author, editor, newsroom.token("admin")));
        newsroom.category(editor, category, categoryName);
    }

    @Test
    void everyoneSeesTheNewestOfWhatTheyMayAndNothingElse() {
        draft();
        look();
        ALL_STATES.forEach(this::step);
        assertThat(publicTitle).as("withdrawn").isNull();
        assertThat(steps).as("every action was taken").hasSize(ALL_STATES.size() + 2);
        for (int i = 0; i < RANDOM_STEPS; i++) {
            step(ACTIONS.get(random.nextInt(ACTIONS.size())));
        }
    }

    private void step(String action) {
        boolean taken = switch (action) {
            case "write" -> write();
            case "rename category" -> renameCategory();
            default -> move(action);
        };
        if (taken) {
            steps.add(action);
            look();
            if (action.equals("withdraw")) {
                draft();
                look();
            }
        }
    }

    private void draft() {
        slug = "walk-" + name + "-" + ++articles;
        withdrawn = false;
        titlesByETag.clear();
        changesByVersion.clear();
        id = newsroom.draft(author, text());
        version = 1;
        steps.add("draft");
    }

    private Map<String, Object> text() {
        written = "Text " + ++texts + " of " + name;
        return Map.of(
                "title",
                written,
                "slug",
                slug,
                "category",
                category,
                "body",
                Map.of("format", "markdown", "text", "x ".repeat(1_000)));
    }

    private boolean write() {
        String before = written;
        var content = new HashMap<>(text());
        content.remove("slug");
        var answer = newsroom.put(author, "/api/articles/" + id, "\"" + version + "\"", content)
                .expectBody(String.class)
                .returnResult();
        if (!taken(answer)) {
            written = before;
            return false;
        }
        return true;
    }

    private boolean move(String action) {
        String by = action.equals("submit") ? author : editor;
        Map<String, String> transition = action.equals("schedule")
                ? Map.of(
                        "action",
                        "publish",
                        "at",
                        Instant.now().plusSeconds(100_000).toString())
                : Map.of("action", action, "note", "because");
        var answer =
                newsroom.move(by, id, transition, "*").expectBody(String.class).returnResult();
        if (!taken(answer)) {
            return false;
        }
        switch (action) {
            case "publish", "correct" -> {
                publicTitle = written;
                publicVersion = version;
            }
            case "withdraw" -> {
                publicTitle = null;
                withdrawn = true;
            }
            default -> {}
        }
        return true;
    }

    private boolean taken(EntityExchangeResult<String> answer) {
        assertThat(answer.getStatus().is5xxServerError()).as(trace()).isFalse();
        if (answer.getStatus().isError()) {
            return false;
        }
        version++;
        return true;
    }

    private boolean renameCategory() {
        var known = newsroom.get(editor, "/api/categories/" + category)
                .expectBody(String.class)
                .returnResult();
        categoryName = "Section " + steps.size();
        newsroom.put(
                        editor,
                        "/api/categories/" + category,
                        Objects.requireNonNull(known.getResponseHeaders().getETag()),
                        Map.of("name", categoryName, "position", 0))
                .expectStatus()
                .isOk();
        return true;
    }

    /** Twice, so that the second answer may come from the cache. */
    private void look() {
        for (int i = 0; i < 2; i++) {
            lookAsReader();
            lookAsStaff();
        }
    }

    private void lookAsReader() {
        String page = "/news/" + category + "/" + slug;
        for (String path : List.of(
                "/api/articles/" + id, "/api/articles/" + id + "?view=false", "/api/articles/slug/" + slug, page)) {
            String accept = path.equals(page) ? "text/html,*/*" : MediaType.APPLICATION_JSON_VALUE;
            readers(HttpMethod.GET, path, accept, true);
            readers(HttpMethod.HEAD, path, accept, true);
        }
        readers(HttpMethod.GET, "/api/articles?category=" + category, MediaType.APPLICATION_JSON_VALUE, false);
        readers(HttpMethod.GET, "/news/" + category, "text/html,*/*", false);
        readers(HttpMethod.GET, "/", "text/html,*/*", false);
        lookAtWhatProgramsRead(page);
        for (String list : List.of(
                "/api/articles?q=" + name,
                "/api/articles?sort=title&category=" + category,
                "/news/" + category + "/feed.xml",
                "/news/" + category + "/atom.xml",
                "/news/" + category + "/feed.json",
                "/feed.json")) {
            reader(HttpMethod.GET, list, Map.of(HttpHeaders.ACCEPT, MediaType.ALL_VALUE), 200);
        }
        int ofTheArticle = publicTitle == null ? notThere() : 200;
        reader(HttpMethod.GET, "/oembed?url=https://news.example" + page, Map.of(), ofTheArticle);
        assertThat(ask(HttpMethod.GET, "/api/articles/" + id + "/related", Map.of())
                        .getStatus()
                        .value())
                .as(trace())
                .isEqualTo(publicTitle == null ? 404 : 200);
        assertThat(body(ask(HttpMethod.GET, "/news-sitemap.xml", Map.of())).contains("/" + slug + "<"))
                .as(trace())
                .isEqualTo(publicTitle != null);
        assertThat(body(ask(HttpMethod.GET, "/api/categories", Map.of())))
                .as(trace())
                .contains("\"" + categoryName + "\"");
    }

    private void lookAtWhatProgramsRead(String page) {
        String as = "for programs, " + trace();
        for (String feed : List.of(
                "/news/" + category + "/feed.xml",
                "/news/" + category + "/atom.xml",
                "/news/" + category + "/feed.json",
                "/feed.xml",
                "/news-sitemap.xml")) {
            var answer = ask(HttpMethod.GET, feed, Map.of());
            assertThat(answer.getStatus().value()).as(as).isEqualTo(200);
            onlyThePublicTitle(answer, feed + " " + as);
            conditional(HttpMethod.GET, feed, Map.of(), answer, as);
        }
        var embed = ask(HttpMethod.GET, "/oembed?url=https://news.example" + page, Map.of());
        assertThat(embed.getStatus().is2xxSuccessful()).as(as).isEqualTo(publicTitle != null);
        onlyThePublicTitle(embed, as);
    }

    private void onlyThePublicTitle(EntityExchangeResult<byte[]> answer, String as) {
        List<String> titles = TITLE.matcher(body(answer))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        assertThat(titles).as(as).isEqualTo(publicTitle == null ? List.of() : List.of(publicTitle));
    }

    private void readers(HttpMethod method, String path, String accept, boolean ofTheArticle) {
        for (Map<String, String> headers : List.<Map<String, String>>of(
                Map.of(HttpHeaders.ACCEPT, accept),
                Map.of(HttpHeaders.ACCEPT, accept, HttpHeaders.ACCEPT_ENCODING, "gzip"),
                Map.of(HttpHeaders.ACCEPT, accept, HttpHeaders.COOKIE, SessionTokens.COOKIE + "=no-longer-good"))) {
            reader(method, path, headers, ofTheArticle && publicTitle == null ? notThere() : 200);
        }
    }

    private int notThere() {
        return withdrawn ? 410 : 404;
    }

    private void reader(HttpMethod method, String path, Map<String, String> headers, int status) {
        var answer = ask(method, path, headers);
        String as = method + " " + path + " " + headers + " " + trace();
        assertThat(answer.getStatus().value()).as(as).isEqualTo(status);
        assertThat(String.valueOf(answer.getResponseHeaders().getCacheControl()))
                .as(as)
                .doesNotContain("s-maxage");
        if (method.equals(HttpMethod.GET)) {
            onlyThePublicTitle(answer, as);
            onlyWhatIsPublic(body(answer), as);
        }
        conditional(method, path, headers, answer, as);
    }

    /** Neither the version nor the time tells that a correction is being written. */
    private void onlyWhatIsPublic(String body, String as) {
        VERSION.matcher(body)
                .results()
                .forEach(found -> assertThat(found.group(1)).as(as).isEqualTo(Long.toString(publicVersion)));
        CHANGED.matcher(body)
                .results()
                .forEach(found -> assertThat(changesByVersion.computeIfAbsent(publicVersion, first -> found.group(1)))
                        .as(as)
                        .isEqualTo(found.group(1)));
    }

    /** A 304 means that the client has the newest text. */
    private void conditional(
            HttpMethod method,
            String path,
            Map<String, String> headers,
            EntityExchangeResult<byte[]> answer,
            String as) {
        String eTag = answer.getResponseHeaders().getETag();
        if (eTag == null || publicTitle == null) {
            return;
        }
        assertThat(titlesByETag.computeIfAbsent(path + eTag, first -> String.valueOf(publicTitle)))
                .as(as)
                .isEqualTo(publicTitle);
        var with = new HashMap<>(headers);
        with.put(HttpHeaders.IF_NONE_MATCH, eTag);
        assertThat(ask(method, path, with).getStatus().value()).as(as).isIn(200, 304);
    }

    private void lookAsStaff() {
        for (String token : staff) {
            for (String path : List.of("/api/articles/" + id, "/api/articles/slug/" + slug)) {
                var answer = ask(HttpMethod.GET, path, Map.of(HttpHeaders.AUTHORIZATION, "Bearer " + token));
                assertThat(answer.getResponseHeaders().getETag()).as(trace()).isEqualTo("\"" + version + "\"");
                assertThat(answer.getResponseHeaders().getCacheControl())
                        .as(trace())
                        .isEqualTo("private, no-store");
                assertThat(body(answer)).as(trace()).contains("\"version\":" + version);
                var byCookie =
                        ask(HttpMethod.GET, path, Map.of(HttpHeaders.COOKIE, SessionTokens.COOKIE + "=" + token));
                assertThat(byCookie.getResponseHeaders().getETag()).as(trace()).isEqualTo("\"" + version + "\"");
            }
        }
    }

    private EntityExchangeResult<byte[]> ask(HttpMethod method, String path, Map<String, String> headers) {
        return http.method(method)
                .uri(path)
                .headers(all -> headers.forEach(all::set))
                .exchange()
                .expectBody()
                .returnResult();
    }

    private static String body(EntityExchangeResult<byte[]> answer) {
        byte[] bytes = Objects.requireNonNullElse(answer.getResponseBodyContent(), new byte[0]);
        if (!"gzip".equals(answer.getResponseHeaders().getFirst(HttpHeaders.CONTENT_ENCODING))) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(unzipped.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(trace(answer), e);
        }
    }

    private static String trace(EntityExchangeResult<byte[]> answer) {
        return "Not gzip: " + answer.getResponseHeaders();
    }

    private String trace() {
        return "seed " + seed + ", version " + version + " after " + steps;
    }
}
