package broadsheet.article;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.article.media.imaging.TestImages;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.BodyInserters;

@ArticleServiceTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MediaIntegrationTests {

    private static final String CATEGORY = "media-category";

    private final WebTestClient http;
    private final NewsroomClient newsroom;
    private String author = "";
    private String editor = "";
    private int width = 330;

    MediaIntegrationTests(@Autowired WebTestClient http) {
        this.http = http.mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(4 << 20))
                .build();
        this.newsroom = new NewsroomClient(http);
    }

    @BeforeAll
    void staff() {
        author = newsroom.newAccount("media-author", "AUTHOR");
        editor = newsroom.newAccount("media-editor", "EDITOR");
        newsroom.category(editor, CATEGORY, "Media");
    }

    @Test
    void aPictureIsAddedOnceDescribedListedAndRemoved() {
        byte[] file = picture();
        var added = json(upload(author, file, Map.of("alt", "A red door ", "credit", "Ann Lee"))
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals(HttpHeaders.ETAG, "\"1\""));
        String id = string(added, "id");
        assertThat(added)
                .containsEntry("alt", "A red door")
                .containsEntry("credit", "Ann Lee")
                .containsEntry("uploadedBy", "media-author");
        assertThat(string(added, "url")).matches("/media/" + id + "/\\d+\\.jpg");
        assertThat(sizes(added))
                .hasSizeGreaterThan(1)
                .allSatisfy(size -> assertThat(size).containsKeys("url", "width", "height", "type", "bytes"));

        var again = upload(editor, file, Map.of("alt", "Something else"))
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.LOCATION, "/api/media/" + id);
        assertThat(json(again)).isEqualTo(added);

        newsroom.put(author, "/api/media/" + id, null, Map.of()).expectStatus().isEqualTo(428);
        newsroom.put(author, "/api/media/" + id, "\"7\"", Map.of())
                .expectStatus()
                .isEqualTo(412);
        var described = json(newsroom.put(editor, "/api/media/" + id, "\"1\"", Map.of("alt", "A blue (door) no. 7")));
        assertThat(described).containsEntry("alt", "A blue (door) no. 7").containsEntry("credit", null);

        assertThat(json(newsroom.get(author, "/api/media/" + id))).isEqualTo(described);
        assertThat(listed("?q=BLUE (door)")).contains(id);
        assertThat(listed("?q=blue.*door")).doesNotContain(id);

        newsroom.delete(author, "/api/media/" + id).expectStatus().isNoContent();
        newsroom.get(author, "/api/media/" + id).expectStatus().isNotFound();
        newsroom.get(author, string(added, "url")).expectStatus().isNotFound();
        upload(author, file, Map.of()).expectStatus().isCreated();
    }

    @Test
    void theListIsPagedNewestFirst() {
        String first = string(json(upload(author, picture(), Map.of("credit", "Paged"))), "id");
        String second = string(json(upload(author, picture(), Map.of("credit", "Paged"))), "id");
        var page = json(newsroom.get(author, "/api/media?q=paged&limit=1"));
        assertThat(ids(page)).containsExactly(second);
        assertThat(ids(json(newsroom.get(author, "/api/media?q=paged&limit=1&cursor=" + page.get("nextCursor")))))
                .containsExactly(first);
    }

    @ParameterizedTest
    @CsvSource({"limit=0,limit", "limit=101,limit", "cursor=x,cursor", "limit=x,limit", "unused=true,unused"})
    void aBadQueryIsNamed(String query, String field) {
        newsroom.get(author, "/api/media?" + query)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    /** A draft, a correction that is proposed, a withdrawn article: readers see none of their pictures. */
    @Test
    void readersGetTheFilesOfWhatIsPublicAndNothingElse() {
        var cover = json(upload(author, picture(), Map.of()));
        var inBody = json(upload(author, picture(), Map.of()));
        String article = newsroom.draft(author, showing(string(cover, "url"), inBody));
        assertHidden(cover, inBody);
        newsroom.move(author, article, "submit").expectStatus().isOk();
        newsroom.move(editor, article, "approve").expectStatus().isOk();
        assertHidden(cover, inBody);
        newsroom.move(editor, article, "publish").expectStatus().isOk();
        for (var image : List.of(cover, inBody)) {
            sizes(image).forEach(size -> assertServed(string(size, "url"), size));
        }
        newsroom.get(null, "/media/" + string(cover, "id") + "/321.jpg")
                .expectStatus()
                .isNotFound();
        newsroom.get(null, "/media/" + string(cover, "id") + "/320.gif")
                .expectStatus()
                .isNotFound();
        newsroom.get(null, "/media/unheard-of/320.jpg").expectStatus().isNotFound();

        var corrected = json(upload(author, picture(), Map.of()));
        newsroom.put(editor, "/api/articles/" + article, "*", showing(null, corrected))
                .expectStatus()
                .isOk();
        assertHidden(corrected);
        newsroom.get(null, string(cover, "url")).expectStatus().isOk();

        newsroom.move(editor, article, "withdraw").expectStatus().isOk();
        assertHidden(cover, inBody, corrected);
    }

    private void assertHidden(Map<?, ?>... images) {
        for (Map<?, ?> image : images) {
            String url = String.valueOf(image.get("url"));
            newsroom.get(null, url).expectStatus().isNotFound();
            newsroom.get(author, url)
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueEquals(HttpHeaders.CACHE_CONTROL, "private, no-store");
        }
    }

    private void assertServed(String url, Map<String, Object> size) {
        var answer = whole(url);
        HttpHeaders headers = answer.getResponseHeaders();
        assertThat(headers.getContentType()).hasToString(string(size, "type"));
        assertThat(headers.getCacheControl()).isEqualTo("public, max-age=31536000, immutable");
        assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(headers.getOrEmpty("Content-Security-Policy")).containsExactly("default-src 'none'; sandbox");
        assertThat(headers.getETag()).startsWith("\"");
        assertThat(Objects.requireNonNull(answer.getResponseBody())).hasSize(Integer.parseInt(string(size, "bytes")));
    }

    @Test
    void aPartIsGivenToWhoeverAsksForOne() {
        var added = json(upload(author, picture(), Map.of()));
        String url = string(added, "url");
        newsroom.published(author, editor, showing(url, null));
        var whole = whole(url);
        byte[] bytes = Objects.requireNonNull(whole.getResponseBody());
        String eTag = String.valueOf(whole.getResponseHeaders().getETag());

        assertPart(url, "bytes=10-19", Arrays.copyOfRange(bytes, 10, 20), "bytes 10-19/" + bytes.length);
        assertPart(
                url,
                "bytes=-5",
                Arrays.copyOfRange(bytes, bytes.length - 5, bytes.length),
                "bytes " + (bytes.length - 5) + "-" + (bytes.length - 1) + "/" + bytes.length);
        for (String all : List.of("bytes=0-", "bytes=1-2,5-6", "lines=1-2", "bytes=9-1")) {
            get(url, headers -> headers.set(HttpHeaders.RANGE, all))
                    .expectStatus()
                    .isOk()
                    .expectBody(byte[].class)
                    .isEqualTo(bytes);
        }
        get(url, headers -> headers.set(HttpHeaders.RANGE, "bytes=" + bytes.length + "-"))
                .expectStatus()
                .isEqualTo(416)
                .expectHeader()
                .valueEquals(HttpHeaders.CONTENT_RANGE, "bytes */" + bytes.length);
        get(url, headers -> {
                    headers.set(HttpHeaders.RANGE, "bytes=1-2");
                    headers.set(HttpHeaders.IF_RANGE, "\"another\"");
                })
                .expectStatus()
                .isOk();
        get(url, headers -> headers.setIfNoneMatch(eTag)).expectStatus().isNotModified();
        get(url, headers -> {
                    headers.setIfNoneMatch(eTag);
                    headers.set(HttpHeaders.RANGE, "bytes=1-2");
                })
                .expectStatus()
                .isNotModified();
    }

    @Test
    void readersGetAllSizesOfThePicturesInABody() {
        var added = json(upload(author, picture(), Map.of()));
        String url = string(added, "url");
        String article = newsroom.published(author, editor, showing(null, added));
        var stored = json(newsroom.get(null, "/api/articles/" + article));
        Element image = image(string((Map<?, ?>) Objects.requireNonNull(stored.get("body")), "html"));
        assertThat(image.attr("src")).isEqualTo(url);
        assertThat(image.attr("width")).isEqualTo(string(added, "width"));
        assertThat(image.attr("height")).isEqualTo(string(added, "height"));
        assertThat(image.attr("loading")).isEqualTo("lazy");
        assertThat(image.attr("sizes")).isNotEmpty();
        for (String candidate : image.attr("srcset").split(", ", -1)) {
            assertThat(whole(candidate.substring(0, candidate.indexOf(' ')))).isNotNull();
        }
        assertThat(image(page(string(stored, "url"))).attributes()).isEqualTo(image.attributes());

        newsroom.put(
                        author,
                        "/api/articles/" + newsroom.draft(author, showing(null, added)),
                        "*",
                        Map.of(
                                "title",
                                "Again",
                                "category",
                                CATEGORY,
                                "body",
                                Map.of("format", "html", "text", image.outerHtml())))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.body.html")
                .isEqualTo(image.outerHtml());
    }

    private static Element image(String html) {
        return Objects.requireNonNull(Jsoup.parse(html).selectFirst("img[src^=/media/]"));
    }

    private String page(String url) {
        return Objects.requireNonNull(newsroom.get(null, url)
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    @Test
    void aFileThatIsLostIsUnknown(@Autowired ReactiveMongoTemplate mongo) {
        var added = json(upload(author, picture(), Map.of()));
        String url = string(added, "url");
        newsroom.published(author, editor, showing(url, null));
        mongo.remove(Query.query(Criteria.where("filename").regex("^" + string(added, "id"))), "images.files")
                .block();
        for (String who : Arrays.asList(null, author)) {
            newsroom.get(who, url)
                    .expectStatus()
                    .isNotFound()
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .expectHeader()
                    .doesNotExist(HttpHeaders.ETAG)
                    .expectHeader()
                    .value(HttpHeaders.CACHE_CONTROL, kept -> assertThat(kept).doesNotContain("immutable", "max-age"));
        }
    }

    @Test
    void aFormThatIsSentAgainIsTheSameWithAnotherBoundary() {
        byte[] file = picture();
        String key = "picture-" + width;
        var first = json(send(author, part(file), key).expectStatus().isCreated());
        assertThat(json(send(author, part(file), key).expectStatus().isCreated()))
                .isEqualTo(first);
        byte[] other = file.clone();
        other[other.length - 1]++;
        send(author, part(other), key).expectStatus().isEqualTo(422);
    }

    @Test
    void whatIsUsedIsNotRemoved() {
        var added = json(upload(author, picture(), Map.of()));
        String id = string(added, "id");
        String article = newsroom.draft(author, showing(null, added));
        newsroom.delete(author, "/api/media/" + id).expectStatus().isEqualTo(409);
        newsroom.put(author, "/api/articles/" + article, "*", NewsroomClient.content("Without", CATEGORY))
                .expectStatus()
                .isOk();
        newsroom.delete(author, "/api/media/" + id).expectStatus().isEqualTo(409);
        newsroom.get(author, "/api/media/" + id).expectStatus().isOk();
    }

    @Test
    void aPictureThatIsNotThereCannotBeShown() {
        String missing = "/media/" + "0".repeat(64) + "/320.jpg";
        for (boolean cover : List.of(true, false)) {
            newsroom.post(author, "/api/articles", showing(cover ? missing : null, Map.of("url", missing)))
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.errors[0].field")
                    .isEqualTo(cover ? "coverImage" : "body.text");
        }
        String article = newsroom.draft(author, NewsroomClient.content("Nothing to see", CATEGORY));
        newsroom.put(author, "/api/articles/" + article, "*", showing(missing, null))
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void picturesOfOthersAreRemovedByEditors() {
        String id = string(json(upload(editor, picture(), Map.of())), "id");
        newsroom.delete(author, "/api/media/" + id).expectStatus().isForbidden();
        newsroom.delete(editor, "/api/media/" + id).expectStatus().isNoContent();
        newsroom.delete(editor, "/api/media/" + id).expectStatus().isNotFound();
    }

    @Test
    void theSamePictureSentManyTimesAtOnceIsThereOnce() {
        byte[] file = picture();
        var sent = Stream.generate(() -> CompletableFuture.supplyAsync(() -> json(upload(author, file, Map.of()))))
                .limit(5)
                .toList();
        assertThat(sent.stream().map(answer -> answer.join().get("id")).distinct())
                .hasSize(1);
    }

    @Test
    void whatIsNoPictureIsRefused() {
        assertRefused(part("<svg onload='alert(1)'/>".getBytes(UTF_8)), 415, null);
        assertRefused(part(TestImages.pngBomb(60_000, 60_000)), 413, null);
        assertRefused(part(Arrays.copyOf(picture(), 400)), 400, "file");
        assertRefused(part(new byte[21 << 20]), 413, null);
        assertRefused(part(new byte[0]), 415, null);
    }

    @RepeatedTest(5) // the file is stored by other threads than those that read the form
    void aFormThatDoesNotFitIsRefusedByField() {
        var none = new MultipartBodyBuilder();
        none.part("alt", "No file");
        assertRefused(none, 400, "file");

        var twice = part(picture());
        twice.part("file", resource(picture()));
        assertRefused(twice, 400, "file");

        var unknown = part(picture());
        unknown.part("title", "x");
        assertRefused(unknown, 400, "title");

        var text = new MultipartBodyBuilder();
        text.part("file", "only text");
        assertRefused(text, 400, "file");

        var lines = part(picture());
        lines.part("alt", "two\nlines");
        assertRefused(lines, 400, "alt");

        var tooLong = part(picture());
        tooLong.part("credit", "x".repeat(201));
        assertRefused(tooLong, 400, "credit");

        http.post()
                .uri("/api/media")
                .headers(headers -> headers.setBearerAuth(author))
                .contentType(MediaType.parseMediaType("multipart/form-data;boundary=x"))
                .bodyValue("no parts at all")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("body");
        newsroom.post(author, "/api/media", Map.of()).expectStatus().isEqualTo(415);
    }

    @Test
    void onlyAuthorsBringPictures() {
        upload(null, picture(), Map.of()).expectStatus().isUnauthorized();
        upload(newsroom.newAccount("media-operator", "OPERATOR"), picture(), Map.of())
                .expectStatus()
                .isForbidden();
    }

    /** A browser sends a form to any site without asking, and the cookie with it from another host of the same site. */
    @Test
    void aPageOfAnotherHostCannotSendAForm() {
        for (boolean own : List.of(true, false)) {
            http.post()
                    .uri("/api/media")
                    .cookie("broadsheet_session", author)
                    .header(HttpHeaders.ORIGIN, "https://blog.news.example")
                    .header("Sec-Fetch-Site", own ? "same-origin" : "same-site")
                    .body(BodyInserters.fromMultipartData(part(picture()).build()))
                    .exchange()
                    .expectStatus()
                    .isEqualTo(own ? 201 : 403);
        }
    }

    private void assertRefused(MultipartBodyBuilder form, int status, @Nullable String field) {
        var answer = send(author, form)
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody();
        if (field != null) {
            answer.jsonPath("$.errors[0].field").isEqualTo(field);
        }
    }

    private void assertPart(String url, String range, byte[] part, String contentRange) {
        get(url, headers -> headers.set(HttpHeaders.RANGE, range))
                .expectStatus()
                .isEqualTo(206)
                .expectHeader()
                .valueEquals(HttpHeaders.CONTENT_RANGE, contentRange)
                .expectBody(byte[].class)
                .isEqualTo(part);
    }

    private EntityExchangeResult<byte[]> whole(String url) {
        return newsroom.get(null, url)
                .expectStatus()
                .isOk()
                .expectBody(byte[].class)
                .returnResult();
    }

    private ResponseSpec get(String url, Consumer<HttpHeaders> headers) {
        return http.get().uri(url).headers(headers).exchange();
    }

    private static Map<String, Object> showing(@Nullable String cover, @Nullable Map<String, Object> inBody) {
        var content = new HashMap<>(NewsroomClient.content("With pictures", CATEGORY));
        if (cover != null) {
            content.put("coverImage", cover);
        }
        if (inBody != null) {
            content.put("body", Map.of("format", "markdown", "text", "![A door](" + string(inBody, "url") + ")"));
        }
        return content;
    }

    /** Another one each time. */
    private byte[] picture() {
        return TestImages.jpeg(width++, 40);
    }

    private static MultipartBodyBuilder part(byte[] file) {
        var form = new MultipartBodyBuilder();
        form.part("file", resource(file));
        return form;
    }

    private static ByteArrayResource resource(byte[] file) {
        return new ByteArrayResource(file) {
            @Override
            public String getFilename() {
                return "../../etc/passwd";
            }
        };
    }

    private ResponseSpec upload(@Nullable String token, byte[] file, Map<String, String> fields) {
        var form = part(file);
        fields.forEach(form::part);
        return send(token, form);
    }

    private ResponseSpec send(@Nullable String token, MultipartBodyBuilder form) {
        return send(token, form, null);
    }

    private ResponseSpec send(@Nullable String token, MultipartBodyBuilder form, @Nullable String key) {
        return http.post()
                .uri("/api/media")
                .headers(headers -> {
                    if (token != null) {
                        headers.setBearerAuth(token);
                    }
                    if (key != null) {
                        headers.set("Idempotency-Key", key);
                    }
                })
                .body(BodyInserters.fromMultipartData(form.build()))
                .exchange();
    }

    private List<String> listed(String query) {
        return ids(json(newsroom.get(author, "/api/media" + query)));
    }

    private static List<String> ids(Map<String, Object> page) {
        return list(page, "items").stream().map(item -> string(item, "id")).toList();
    }

    private static List<Map<String, Object>> sizes(Map<String, Object> image) {
        return list(image, "sizes");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> json, String field) {
        return (List<Map<String, Object>>) Objects.requireNonNull(json.get(field));
    }

    private static String string(Map<?, ?> json, String field) {
        return String.valueOf(json.get(field));
    }

    private static Map<String, Object> json(ResponseSpec response) {
        return Objects.requireNonNull(response.expectStatus()
                .is2xxSuccessful()
                .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody());
    }
}
