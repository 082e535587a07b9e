package broadsheet.article;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.article.hostile.PageJudge;
import broadsheet.article.hostile.ScriptAttacks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;

/** Texts that attack readers, in everything that an import can say of an article; several of them in each. */
@ArticleServiceTest
class HostileImportsIntegrationTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int IN_ONE = 5;

    private final WebTestClient http;
    private final NewsroomClient newsroom;
    private final PageJudge judge = new PageJudge();
    private ImportsClient imports;

    HostileImportsIntegrationTests(@Autowired WebTestClient http) {
        this.http = http.mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(8 << 20))
                .build();
        this.newsroom = new NewsroomClient(http);
        this.imports = new ImportsClient(this.http, "");
    }

    @BeforeEach
    void anEditor() {
        imports = new ImportsClient(http, newsroom.newAccount("ed", "EDITOR"));
    }

    @Test
    void nothingOfOurOwnLinesRuns() throws IOException {
        var lines = new ArrayList<String>();
        List<List<String>> groups = groups();
        for (int n = 0; n < groups.size(); n++) {
            List<String> some = groups.get(n);
            var line = new LinkedHashMap<String, Object>();
            line.put("sourceId", "hostile-line-" + n);
            line.put("title", oneLine(some.get(0)));
            line.put("subtitle", oneLine(some.get(1)));
            line.put("summary", some.get(2));
            line.put("publishedAt", "2015-01-02T03:04:05Z");
            line.put(
                    "tags",
                    some.stream()
                            .map(HostileImportsIntegrationTests::oneLine)
                            .map(attack -> cut(attack, 50))
                            .distinct()
                            .toList());
            line.put(
                    "credits",
                    List.of(Map.of("role", cut(oneLine(some.get(3)), 100), "name", cut(oneLine(some.get(4)), 200))));
            line.put("author", Map.of("username", cut(some.get(0), 200), "displayName", cut(some.get(1), 200)));
            line.put("category", Map.of("slug", "hostile-lines", "name", cut(oneLine(some.get(2)), 100)));
            line.put("body", Map.of("format", n % 2 == 0 ? "html" : "markdown", "text", String.join("\n\n", some)));
            lines.add(JSON.writeValueAsString(line));
        }
        Map<String, Object> job = imports.imported("", lines.toArray(String[]::new));
        assertThat(job).containsEntry("refusedCount", 0).containsEntry("created", groups.size());
        isHarmless("hostile-lines", groups.size());
    }

    @Test
    void nothingOfWordPressRuns() throws IOException {
        var xml = new StringBuilder(
                "<rss xmlns:wp='http://wordpress.org/export/1.2/' xmlns:dc='d' xmlns:content='c'><channel>");
        List<List<String>> groups = groups();
        for (int n = 0; n < groups.size(); n++) {
            List<String> some = groups.get(n);
            xml.append("<item><title>")
                    .append(data(some.get(0)))
                    .append("</title><guid>hostile-post-")
                    .append(n)
                    .append("</guid><dc:creator>")
                    .append(data(some.get(1)))
                    .append("</dc:creator><content:encoded>")
                    .append(data("[caption id='x']" + some.get(2) + "[/caption]\n\n" + String.join("\n\n", some)))
                    .append("</content:encoded><category domain='category' nicename='hostile-posts'>")
                    .append(data(some.get(3)))
                    .append("</category><category domain='post_tag' nicename='t'>")
                    .append(data(some.get(4)))
                    .append("</category><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>")
                    .append("<wp:post_date_gmt>2015-01-02 03:04:05</wp:post_date_gmt></item>");
        }
        byte[] file = xml.append("</channel></rss>").toString().getBytes(UTF_8);
        Map<String, Object> job = imports.imported("", ImportsClient.WXR, file);
        assertThat(job).containsEntry("state", "done").containsEntry("refusedCount", 0);
        isHarmless("hostile-posts", groups.size());
    }

    @Test
    void nothingOfAnArchiveRuns() throws IOException {
        var bytes = new ByteArrayOutputStream();
        List<List<String>> groups = groups();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int n = 0; n < groups.size(); n++) {
                List<String> some = groups.get(n);
                String name = oneLine(some.get(0)).replaceAll("[:/\\\\]", "-");
                zip.putNextEntry(new ZipEntry("_posts/2015-01-02-" + n + cut(name, 100) + ".md"));
                var matter = new LinkedHashMap<String, Object>();
                if (n % 2 == 0) { // else the file's name is the title
                    matter.put("title", some.get(1));
                }
                matter.put("category", "hostile-files");
                matter.put("tags", List.of(some.get(2)));
                matter.put("author", some.get(3));
                matter.put("cover", some.get(4));
                matter.put("summary", some.get(4));
                zip.write(("---\n" + JSON.writeValueAsString(matter) + "\n---\n" + String.join("\n\n", some))
                        .getBytes(UTF_8));
            }
        }
        Map<String, Object> job = imports.imported("", ImportsClient.ZIP, bytes.toByteArray());
        assertThat(job).containsEntry("state", "done").containsEntry("refusedCount", 0);
        imports.get("/api/imports/" + job.get("id") + "/notes")
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.APPLICATION_JSON)
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff");
        isHarmless("hostile-files", groups.size());
    }

    private void isHarmless(String category, int articles) throws IOException {
        String cursor = "";
        int read = 0;
        do {
            var page = Objects.requireNonNull(imports.get("/api/articles?limit=100&category=" + category + cursor)
                    .expectStatus()
                    .isOk()
                    .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                    .returnResult()
                    .getResponseBody());
            for (Object item : (List<?>) Objects.requireNonNull(page.get("items"))) {
                judge.isHarmless(page((String) Objects.requireNonNull(((Map<?, ?>) item).get("url"))), item.toString());
                read++;
            }
            cursor = page.get("nextCursor") == null ? "" : "&cursor=" + page.get("nextCursor");
        } while (!cursor.isEmpty());
        assertThat(read).isEqualTo(articles);
        judge.isHarmless(page("/news/" + category), category);
    }

    private String page(String path) {
        byte[] bytes = http.get()
                .uri(path)
                .accept(MediaType.TEXT_HTML)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBodyContent();
        return new String(Objects.requireNonNull(bytes), UTF_8);
    }

    private static List<List<String>> groups() {
        List<String> attacks = ScriptAttacks.all();
        assertThat(attacks).hasSizeGreaterThan(500);
        var groups = new ArrayList<List<String>>();
        for (int n = 0; n + IN_ONE <= attacks.size(); n += IN_ONE) {
            groups.add(attacks.subList(n, n + IN_ONE));
        }
        return groups;
    }

    /** As XML can hold it. */
    private static String data(String text) {
        return "<![CDATA[" + text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "").replace("]]>", "]] >") + "]]>";
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.isBlank() ? "x" : cut(line, 300);
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }
}
