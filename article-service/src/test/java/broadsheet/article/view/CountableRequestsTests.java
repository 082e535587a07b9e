package broadsheet.article.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class CountableRequestsTests {

    private final CountableRequests countable = countable("");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            curl or an app             | true  | |||
            a script of this site      | true  | same-origin | empty    | |
            a script behind a proxy    | true  | same-origin | empty    | https://news.example:8443 |
            a script in an old browser | true  |             |          | https://news.example |
            an address typed in        | true  | none        | document | |
            a link on another site     | true  | cross-site  | document | |
            an image of another site   | false | cross-site  | image    | |
            an image of this site      | false | same-origin | image    | |
            a frame of another site    | false | cross-site  | iframe   | |
            a script tag               | false | cross-site  | script   | |
            a script of another site   | false | cross-site  | empty    | https://evil.example |
            a script without CORS      | false | cross-site  | empty    | |
            a script of a sister site  | false | same-site   | empty    | https://shop.news.example |
            another port               | false | same-site   | empty    | https://news.example:8443 |
            an old browser elsewhere   | false |             |          | https://evil.example |
            a sandboxed page           | false |             |          | null |
            what is no origin          | false |             |          | ht tp://x |
            a sister site without CORS | false | same-site   | empty    | |
            a link on a sister site    | true  | same-site   | document | |
            a prefetch                 | false | none        | document | | prefetch
            a prerender                | false | none        | document | | prefetch;prerender
            """)
    void aReadingCountsUnlessAnotherSiteEmbedsOrSendsIt(
            String who, boolean counts, String site, String destination, String origin, String purpose) {
        var request = MockServerHttpRequest.get("/api/articles/a").header("Host", "news.example");
        header(request, "Sec-Fetch-Site", site);
        header(request, "Sec-Fetch-Dest", destination);
        header(request, "Origin", origin);
        header(request, "Sec-Purpose", purpose);
        assertThat(countable.isView(request.build())).isEqualTo(counts);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            an image in Safari 15      | false | Accept    | image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5
            an image in Firefox 60     | false | Accept    | image/webp,*/*
            a page in Firefox 60       | true  | Accept    | text/html,application/xhtml+xml,image/webp,*/*;q=0.8
            a preview of Safari        | false | X-Purpose | preview
            """)
    void olderBrowsersSayItInOtherWords(String who, boolean counts, String header, String value) {
        var request = MockServerHttpRequest.get("/api/articles/a").header(header, value);
        assertThat(countable.isView(request.build())).isEqualTo(counts);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            curl or an app             | false |             |
            a sister site's form       | true  | same-site   |
            a page of this site        | false | same-origin | https://news.example
            an old browser here        | false |             | https://NEWS.example
            a page of another site     | true  | cross-site  | https://evil.example
            an old browser elsewhere   | true  |             | https://evil.example
            a name that ends like ours | true  |             | https://news.example.evil.example
            a sandboxed page           | true  | cross-site  | null
            """)
    void aReportedViewIsCrossSiteWhereItsPageIs(String who, boolean crossSite, String site, String origin) {
        var request = MockServerHttpRequest.post("/api/articles/a/views").header("Host", "news.example");
        header(request, "Sec-Fetch-Site", site);
        header(request, "Origin", origin);
        assertThat(countable.isCrossSite(request.build())).isEqualTo(crossSite);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            a page of this site        | false | https://news.example
            in other letters           | false | https://NEWS.example
            over plain HTTP            | true  | http://news.example
            the host it was sent to    | true  | https://inside:8080
            no origin                  | true  | null
            """)
    void theBaseUrlSaysWhichOriginIsOurs(String who, boolean crossSite, String origin) {
        var request = MockServerHttpRequest.post("/api/articles/a/views")
                .header("Host", "inside:8080")
                .header("Origin", origin)
                .build();
        assertThat(countable("https://news.example/").isCrossSite(request)).isEqualTo(crossSite);
    }

    private static CountableRequests countable(String origin) {
        return new CountableRequests(new ViewProperties(origin));
    }

    private static void header(MockServerHttpRequest.BaseBuilder<?> request, String name, String value) {
        if (value != null) {
            request.header(name, value);
        }
    }
}
