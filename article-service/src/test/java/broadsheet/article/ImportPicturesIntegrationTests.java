package broadsheet.article;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.article.media.imaging.TestImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.web.reactive.server.WebTestClient;

@ArticleServiceTest
class ImportPicturesIntegrationTests {

    private static final Pattern OURS = Pattern.compile("/media/[0-9a-f]{64}/\\d+\\.(?:png|jpg)");

    private final WebTestClient http;
    private final NewsroomClient newsroom;
    private final PictureServer site = new PictureServer();
    private ImportsClient imports;

    ImportPicturesIntegrationTests(@Autowired WebTestClient http) {
        this.http = http;
        this.newsroom = new NewsroomClient(http);
        this.imports = new ImportsClient(http, "");
    }

    @BeforeEach
    void anEditor() {
        imports = new ImportsClient(http, newsroom.newAccount("ed", "EDITOR"));
    }

    @AfterEach
    void closeSite() {
        site.close();
    }

    @Test
    void picturesOfOtherSitesAreFetchedWhereThatIsAskedFor() {
        site.with("/picture.png?a=1&b=2", picture(331)).with("/page.png", "<html>no picture</html>".getBytes(UTF_8));
        String id = UUID.randomUUID().toString();
        String picture = site.url("/picture.png?a=1&b=2");
        String line = line(
                id,
                "html",
                "<p><a href='%s'><img src='%s' alt='A'></a><img src='%s'><img src='%s'><img src='%s'></p>"
                        .formatted(
                                picture.replace("&", "&amp;"),
                                picture.replace("&", "&amp;"),
                                site.url("/moved.png"),
                                site.url("/page.png"),
                                site.url("/gone.png")));

        assertThat(imports.imported("", line)).containsEntry("created", 1).containsEntry("notedCount", 0);
        assertThat(site.asked()).isEmpty();

        Map<String, Object> job = imports.imported("?fetchImages=true", line);
        assertThat(job)
                .containsEntry("updated", 1)
                .containsEntry("fetchImages", true)
                .containsEntry("notedCount", 1);
        String html = html(id);
        Matcher ours = OURS.matcher(html);
        assertThat(ours.find()).isTrue();
        assertThat(html)
                .contains("<a href=\"" + ours.group() + "\"><img src=\"" + ours.group() + "\" alt=\"A\"></a>")
                .contains(site.url("/moved.png"), site.url("/page.png"), site.url("/gone.png"));
        newsroom.get(null, ours.group()).expectStatus().isOk();
        assertThat(note(job))
                .contains("answered with 302: " + site.url("/moved.png"))
                .contains("answered with 404: " + site.url("/gone.png"))
                .contains(site.url("/page.png"));
        assertThat(site.asked()).doesNotContain("/picture.png");

        assertThat(imports.imported("?fetchImages=true", line)).containsEntry("unchanged", 1);
        site.asked().clear();
        assertThat(imports.imported("", line)).containsEntry("unchanged", 1);
        assertThat(site.asked()).isEmpty();
        assertThat(html(id)).isEqualTo(html);
    }

    @Test
    void nothingIsFetchedFromInsideANetwork() {
        String id = UUID.randomUUID().toString();
        List<String> inside = List.of(
                "http://169.254.169.254/latest/meta-data",
                "http://10.0.0.1/a.png",
                "http://[::1]/a.png",
                "http://[::ffff:10.0.0.1]/a.png",
                "http://0xa000001/a.png",
                "https://8.8.8.8:22/a.png");
        var body = new StringBuilder();
        inside.forEach(address -> body.append("<img src='").append(address).append("'>"));
        Map<String, Object> job = imports.imported("?fetchImages=true", line(id, "html", body.toString()));
        assertThat(job).containsEntry("created", 1).containsEntry("notedCount", 1);
        assertThat(html(id)).doesNotContain("/media/");
        assertThat(note(job).split("may not be called", -1)).hasSizeGreaterThan(inside.size() - 1);
    }

    @Test
    void picturesOfAnArchiveBecomeMedia() throws IOException {
        String slug = UUID.randomUUID().toString();
        byte[] archive = zip(Map.of(
                "blog-1/content/posts/" + slug + "/index.md",
                """
                        ---
                        title: With pictures
                        date: 2015-01-02
                        cover: cover.png
                        categories: [pictures]
                        ---
                        ![Beside](pic.png "Title") ![Static](/images/my%20b.png) ![Out](../../../../x.png)

                        [![Linked](pic.png)](pic.png)

                        ![None](missing.png)
                        """.getBytes(UTF_8),
                "blog-1/content/posts/" + slug + "/pic.png",
                picture(332),
                "blog-1/content/posts/" + slug + "/cover.png",
                picture(333),
                "blog-1/static/images/my b.png",
                picture(334)));
        Map<String, Object> job = imports.imported("", ImportsClient.ZIP, archive);
        assertThat(job).containsEntry("created", 1).containsEntry("notedCount", 1);
        assertThat(note(job)).contains("it is not in the archive: missing.png", "../../../../x.png");

        Map<String, Object> article = articleWithSlug(slug);
        String cover = String.valueOf(article.get("coverImage"));
        assertThat(cover).matches(OURS);
        String html = html(String.valueOf(article.get("id")));
        assertThat(OURS.matcher(html).results().map(found -> found.group()).distinct())
                .hasSize(2);
        assertThat(html).contains("src=\"missing.png\"");
        newsroom.get(null, cover).expectStatus().isOk();
        assertThat(imports.imported("", ImportsClient.ZIP, archive)).containsEntry("unchanged", 1);
    }

    private Map<String, Object> articleWithSlug(String slug) {
        var page = Objects.requireNonNull(newsroom.get(null, "/api/articles?category=pictures&limit=100")
                .expectStatus()
                .isOk()
                .expectBody(new ParameterizedTypeReference<Map<String, List<Map<String, Object>>>>() {})
                .returnResult()
                .getResponseBody());
        return Objects.requireNonNull(page.get("items")).stream()
                .filter(article -> slug.equals(article.get("slug")))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private String html(String id) {
        var article = Objects.requireNonNull(newsroom.get(null, "/api/articles/" + id + "?view=false")
                .expectStatus()
                .isOk()
                .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody());
        return (String)
                Objects.requireNonNull(((Map<String, Object>) Objects.requireNonNull(article.get("body"))).get("html"));
    }

    private String note(Map<String, Object> job) {
        return new String(
                Objects.requireNonNull(imports.get("/api/imports/" + job.get("id") + "/notes")
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .returnResult()
                        .getResponseBody()),
                UTF_8);
    }

    private static String line(String id, String format, String text) {
        return """
                {"id":"%s","title":"Pictures","slug":"%s","publishedAt":"2015-01-02T03:04:05Z",\
                "body":{"format":"%s","text":"%s"}}""".formatted(id, id, format, text);
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] picture(int width) {
        return TestImages.png(width, 40);
    }
}
