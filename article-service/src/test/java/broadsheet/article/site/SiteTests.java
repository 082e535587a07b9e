package broadsheet.article.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.web.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTests {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void aSiteWithoutAnAddressSaysWhatToSet(@Nullable String baseUrl) {
        var site = new Site(new SiteProperties("Broadsheet", baseUrl));
        assertThat(site.hasAddress()).isFalse();
        assertThat(site.absolute("/a")).isNull();
        assertThat(site.absolute("https://images.example/a")).isEqualTo("https://images.example/a");
        assertThatThrownBy(site::requireAddress)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.getStatusCode().value()).isEqualTo(404))
                .hasMessageContaining("BROADSHEET_BASE_URL");
    }

    @Test
    void pathsGetTheAddressInFront() {
        for (String baseUrl : new String[] {"https://news.example", "https://news.example/"}) {
            var site = new Site(new SiteProperties("Broadsheet", baseUrl));
            assertThat(site.requiredAddress("/a?b")).isEqualTo("https://news.example/a?b");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://news.example/a/b?c#d, /a/b",
        "HTTPS://NEWS.example/a, /a",
        "https://news.example, ''",
        "http://news.example/a, ",
        "https://news.example:444/a, ",
        "https://news.example.evil.example/a, ",
        "/a, ",
        "mailto:a@news.example, ",
        "https://news.example/a b, "
    })
    void thePathOfAnAddressIsThatOfOneOnTheSite(String address, @Nullable String path) {
        var site = new Site(new SiteProperties("Broadsheet", "https://news.example"));
        assertThat(site.pathOf(address)).isEqualTo(path);
    }

    @Test
    void aHostNeedNotBeADomainName() {
        var site = new Site(new SiteProperties("Broadsheet", "http://my_host:8080"));
        assertThat(site.pathOf("http://my_host:8080/a")).isEqualTo("/a");
        assertThat(site.pathOf("http://my_host/a")).isNull();
    }
}
