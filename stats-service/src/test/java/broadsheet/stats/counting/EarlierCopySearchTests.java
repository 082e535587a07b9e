package broadsheet.stats.counting;

import static broadsheet.stats.ViewEvents.arrived;
import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.view;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleViewed;
import broadsheet.events.Envelope;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class EarlierCopySearchTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final long RESENT_AT = 1_000_000;

    private final Envelope<ArticleViewed> event = event(view("a", "v", NOON));

    @Test
    void findsTheSameEventBeforeTheResentOne() {
        var search = searchFor(NOON.toString());
        assertThat(search.from()).isEqualTo(NOON.toEpochMilli());

        search.see(arrived(0, 3, event(view("a", "v", NOON))));
        search.see(arrived(0, RESENT_AT, event));
        assertThat(search.found()).isEmpty();

        search.see(arrived(0, 4, event));
        assertThat(search.found()).containsExactly(RESENT_AT);
    }

    @Test
    void endsBehindTheFirstDirectViewAMinuteAfterTheLastAttempt() {
        var search = searchFor(NOON.plusSeconds(10).toString());
        search.see(arrived(0, 5, event(view("a", "w", NOON.plusSeconds(70)))));
        search.see(spooled(arrived(0, 6, event(view("a", "w", NOON.plusSeconds(500))))));
        assertThat(search.end()).isEqualTo(RESENT_AT);

        search.see(arrived(0, 7, event(view("a", "w", NOON.plusSeconds(71)))));
        search.see(arrived(0, 8, event(view("a", "w", NOON.plusSeconds(72)))));
        assertThat(search.end()).isEqualTo(7 + EarlierCopySearch.RECORDS_BEHIND);

        search.see(arrived(0, search.end(), event));
        assertThat(search.found()).isEmpty();
        search.see(arrived(0, search.end() - 1, event));
        assertThat(search.found()).containsExactly(RESENT_AT);
    }

    @Test
    void eachEventIsSearchedToItsOwnEndWhateverElseIsSearched() {
        Envelope<ArticleViewed> other = event(view("a", "w", NOON.plusSeconds(300)));
        var search = new EarlierCopySearch(List.of(
                resent(arrived(0, RESENT_AT, event), NOON.toString()),
                resent(arrived(0, RESENT_AT + 1, other), NOON.plusSeconds(400).toString())));
        assertThat(search.from()).isEqualTo(NOON.toEpochMilli());

        search.see(arrived(0, 7, event(view("a", "x", NOON.plusSeconds(61)))));
        search.see(arrived(0, 7 + EarlierCopySearch.RECORDS_BEHIND, event));
        search.see(arrived(0, 8 + EarlierCopySearch.RECORDS_BEHIND, other));

        assertThat(search.end()).isEqualTo(RESENT_AT + 1);
        assertThat(search.found()).containsExactly(RESENT_AT + 1);
    }

    @Test
    void anAttemptAtNoTimeIsSearchedForUpToItself() {
        var search = searchFor("yesterday");
        search.see(arrived(0, 5, event(view("a", "w", NOON.plusSeconds(100_000)))));

        assertThat(search.end()).isEqualTo(RESENT_AT);
    }

    private EarlierCopySearch searchFor(String lastAttempt) {
        return new EarlierCopySearch(List.of(resent(arrived(0, RESENT_AT, event), lastAttempt)));
    }

    private static ResentEvent resent(ConsumerRecord<String, byte[]> record, String lastAttempt) {
        record.headers().add("ce_lastattempt", lastAttempt.getBytes(UTF_8));
        return ResentEvent.of(record).orElseThrow();
    }

    private static ConsumerRecord<String, byte[]> spooled(ConsumerRecord<String, byte[]> record) {
        record.headers().add("ce_spooled", NOON.toString().getBytes(UTF_8));
        return record;
    }
}
