package broadsheet.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReaderPageTests {

    private static final String HTML = """
            <nav><ol><li><a href="/">Home</a></li><li><a href="/news/company-news">Company News</a></li>
            <li>Say &quot;hello&quot;</li></ol></nav>
            <h1>Say &quot;hello&quot;</h1><p>Hits: <span id="hits" data-hits="218">218</span></p>
            <div><p>One <em>fine</em> day.</p></div><dl><dt>Copy</dt><dd>A&amp;B</dd></dl>
            <script>"Hits: 9"</script>
            """;

    private final ReaderPage page = new ReaderPage(HTML, ReaderPage.words(HTML));

    @Test
    void readsThePageAsAReaderDoes() {
        page.expectHits(218);
        page.expectArticle(Draft.of("Say \"hello\"", "markdown", "One fine day."), "Company News");
        page.expectCredits(List.of(new Draft.Credit("Copy", "A&B")));
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> page.expectHits(217)).hasMessageContainingAll("hits on the page", "217", "218");
        assertThatThrownBy(() -> page.expectCredits(List.of(new Draft.Credit("Copy", "C"))))
                .hasMessageContaining("Copy / C");
        assertThatThrownBy(() -> page.expectArticle(
                        Draft.of("Say \"hello\"", "markdown", "One fine day.\n\nAnother day."), "Company News"))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void theStoryIsTheRealPage() throws Exception {
        Draft draft = Draft.ofTheStory();
        assertThat(draft.title()).isEqualTo("Strengthen communication and promote development together");
        assertThat(draft.body().text())
                .startsWith("At 21:00 p.m.")
                .contains("## Topic 5")
                .doesNotContain("QQ Service");
    }
}
