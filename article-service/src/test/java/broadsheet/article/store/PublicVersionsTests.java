package broadsheet.article.store;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleSnapshot;
import broadsheet.events.ArticleSnapshot.Section;
import broadsheet.events.ArticleSnapshot.Status;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicVersionsTests {

    private final PublicVersions versions = new PublicVersions();

    @Test
    void onlyWhatIsPublicHasAVersion() {
        versions.keepNewest(article(Status.DRAFT, 1));
        assertThat(versions.of("a")).isNull();
        versions.keepNewest(article(Status.PUBLISHED, 4));
        assertThat(versions.of("a")).isEqualTo(4);
        versions.keepNewest(article(Status.CORRECTED, 8));
        assertThat(versions.of("a")).isEqualTo(8);
        versions.keepNewest(article(Status.WITHDRAWN, 9));
        assertThat(versions.of("a")).isNull();
    }

    @Test
    void whatIsOlderChangesNothing() {
        versions.keepNewest(article(Status.WITHDRAWN, 5));
        versions.keepNewest(article(Status.PUBLISHED, 4));
        assertThat(versions.of("a")).isNull();
    }

    private static ArticleSnapshot article(Status status, long version) {
        return new ArticleSnapshot(
                "a",
                version,
                status,
                "slug",
                "/news/x/slug",
                "Title",
                null,
                null,
                new Section("x", "X"),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                Instant.EPOCH);
    }
}
