package broadsheet.article.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlugsTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Strengthen Communication      | strengthen-communication
            It's   the Editors' choice!   | its-the-editors-choice
            Ünïcode — Größe & Æther       | unicode-grosse-aether
            加强交流 共同发展              | jia-qiang-jiao-liu-gong-tong-fa-zhan
            مرحبا بالعالم                 | mrhba-balalm
            Привет, мир                   | privet-mir
            Καλημέρα κόσμε                | kalemera-kosme
            こんにちは                     | konnichiha
            नमस्ते दुनिया                   | namaste-duniya
            안녕하세요                     | annyeonghaseyo
            2026: 50 % more               | 2026-50-more
            ---                           | fallback
            🎉🎉🎉                         | fallback
            null                          | null
            """)
    void titlesInAnyScriptBecomeAsciiWords(String title, String slug) {
        assertThat(Slugs.of(title, "fallback")).isEqualTo(slug).matches(Slugs.PATTERN);
    }

    @Test
    void longTitlesAreCutBetweenWords() {
        String slug = Slugs.of("communication ".repeat(40), "x");

        assertThat(slug).hasSizeLessThanOrEqualTo(Slugs.MAX_LENGTH).matches("(communication-)*communication");
        assertThat(Slugs.of("a".repeat(300), "x")).isEqualTo("a".repeat(Slugs.MAX_LENGTH));
    }

    @Test
    void whatIsPutBehindASlugLeavesItNoLonger() {
        String longest = Slugs.of("a".repeat(300), "x");

        assertThat(Slugs.suffixed("name", "2")).isEqualTo("name-2");
        assertThat(Slugs.suffixed(longest, "10"))
                .hasSize(Slugs.MAX_LENGTH)
                .endsWith("a-10")
                .matches(Slugs.PATTERN);
        assertThat(Slugs.suffixed(Slugs.of("word ".repeat(60), "x"), "1f3a5b7c"))
                .hasSizeLessThanOrEqualTo(Slugs.MAX_LENGTH)
                .endsWith("word-1f3a5b7c")
                .matches(Slugs.PATTERN);
    }
}
