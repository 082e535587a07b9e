package broadsheet.stats.badge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class BadgeTests {

    @Test
    void thousandsAreTakenApart() throws Exception {
        Document svg = parse(new Badge("阅读", 1234567));

        assertThat(svg.getElementsByTagName("text").item(0).getTextContent()).isEqualTo("阅读");
        assertThat(svg.getElementsByTagName("text").item(1).getTextContent()).isEqualTo("1,234,567");
    }

    @ParameterizedTest
    @ValueSource(strings = {"</text><script>alert(1)</script>", "\" onload=\"alert(1)", "a & b", "']]>", "🙂"})
    void aLabelIsTextAndNothingElse(String label) throws Exception {
        assertThat(Badge.isLabel(label)).isTrue();
        Document svg = parse(new Badge(label, 1));

        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
        assertThat(svg.getDocumentElement().hasAttribute("onload")).isFalse();
        assertThat(svg.getElementsByTagName("text").item(0).getTextContent()).isEqualTo(label);
        assertThat(svg.getDocumentElement().getAttribute("aria-label")).isEqualTo(label + ": 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u0000", "\u202Ea", "\uD83D", "\uE000"})
    void whatXmlDoesNotKnowOrNobodySeesIsNoLabel(String label) {
        assertThat(Badge.isLabel(label)).isFalse();
    }

    private static Document parse(Badge badge) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(badge.svg().getBytes(StandardCharsets.UTF_8)));
    }
}
