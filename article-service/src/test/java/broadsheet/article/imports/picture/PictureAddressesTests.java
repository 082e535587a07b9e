package broadsheet.article.imports.picture;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.article.content.Body;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PictureAddressesTests {

    @Test
    void whatMarkdownShowsIsReplacedWhereItStandsAsAWhole() {
        Body body = Body.of(Body.Format.MARKDOWN, """
                ![A](a.png "T") [![A](a.png)](a.png) ![Data](data.png) <img src="a.png"> ![R][r] ![Q](q.png?x=1&y=2)

                [r]: a.png
                """);
        assertThat(PictureAddresses.of(body)).containsExactly("a.png", "data.png", "q.png?x=1&y=2");
        Body replaced = PictureAddresses.replaced(body, Map.of("a.png", "/m/$1.png", "q.png?x=1&y=2", "/m/2.png"));
        assertThat(replaced.text()).isEqualTo("""
                ![A](/m/$1.png "T") [![A](/m/$1.png)](/m/$1.png) ![Data](data.png) <img src="/m/$1.png"> ![R][r] ![Q](/m/2.png)

                [r]: /m/$1.png
                """);
        assertThat(PictureAddresses.of(replaced)).containsExactly("/m/$1.png", "data.png", "/m/2.png");
    }

    @Test
    void whatHtmlShowsIsReplacedInItsAttributesAlone() {
        Body body = Body.of(Body.Format.HTML, "<p>https://x.example/a.png <img src=\"https://x.example/a.png\"></p>");
        assertThat(PictureAddresses.replaced(body, Map.of("https://x.example/a.png", "/m/1.png"))
                        .html())
                .isEqualTo("<p>https://x.example/a.png <img src=\"/m/1.png\"></p>");
        assertThat(PictureAddresses.replaced(body, Map.of())).isSameAs(body);
    }
}
