package broadsheet.article.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredEntryTests {

    @Test
    void idsAreInTheOrderOfTime() {
        Instant before = Instant.now();
        var entry = StoredEntry.now("account-added", Map.of("username", "ann", "by", "admin"));
        assertThat(entry.at()).isBetween(before.minusMillis(5), Instant.now());
        assertThat(entry.actor()).isEqualTo("admin");
        assertThat(StoredEntry.firstId(entry.at())).isLessThanOrEqualTo(entry.id());
        assertThat(StoredEntry.firstId(entry.at().plusMillis(1))).isGreaterThan(entry.id());
        assertThat(StoredEntry.firstId(Instant.EPOCH)).isEqualTo("00000000-0000-7000-8000-000000000000");
    }
}
