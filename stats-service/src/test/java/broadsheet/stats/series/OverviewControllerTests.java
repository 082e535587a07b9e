package broadsheet.stats.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.stats.history.DayCounts;
import broadsheet.stats.history.SiteDays;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.rollup.DayTotals;
import broadsheet.stats.rollup.SiteRollups;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Old days are read as they were added up, of which each has 1 hit here, those that change as they are counted, with 10. */
class OverviewControllerTests {

    private static final Instant NOW = Instant.parse("2026-05-20T12:00:00Z");

    private final SiteDays days = mock();
    private final SiteRollups rollups = mock();
    private final CountingLag lag = mock();
    private final OverviewController controller = new OverviewController(days, rollups, lag, () -> NOW);

    @BeforeEach
    void answer() {
        when(lag.report()).thenReturn(Mono.just(new CountingLag.Report(0L, true, NOW)));
        when(rollups.visitors(any(), any())).thenReturn(Mono.just(new TreeMap<>()));
        when(rollups.days(any(), any()))
                .thenAnswer(asked -> Flux.fromStream(LocalDate.ofInstant(asked.getArgument(0), ZoneOffset.UTC)
                                .datesUntil(lastDay(asked.getArgument(1))))
                        .map(day -> addedUp(start(day), 1)));
        when(days.counts(any(), any())).thenAnswer(asked -> {
            var counted = new TreeMap<Instant, DayCounts>();
            LocalDate.ofInstant(asked.getArgument(0), ZoneOffset.UTC)
                    .datesUntil(lastDay(asked.getArgument(1)))
                    .forEach(day -> counted.put(start(day), counts(start(day), 10)));
            return Mono.just(counted);
        });
    }

    @Test
    void theLastDaysAreReadAsTheyAreCountedAndOlderOnesAsTheyWereAddedUp() {
        when(rollups.haveAllDays()).thenReturn(Mono.just(true));

        assertThat(hits("2026-05-15T00:00:00Z")).containsExactly(1L, 1L, 10L, 10L, 10L, 10L);
        assertThat(hits("2026-05-18T00:00:00Z")).containsExactly(10L, 10L, 10L);
    }

    @Test
    void untilAllDaysAreAddedUpAllAreReadAsTheyAreCounted() {
        when(rollups.haveAllDays()).thenReturn(Mono.just(false));

        assertThat(hits("2026-05-15T00:00:00Z")).containsExactly(10L, 10L, 10L, 10L, 10L, 10L);
    }

    private List<Long> hits(String from) {
        return controller
                .overview(Instant.parse(from), NOW, "day", ZoneOffset.UTC)
                .blockOptional(Duration.ofMinutes(1))
                .orElseThrow()
                .points()
                .stream()
                .map(SeriesPoint::hits)
                .toList();
    }

    private static LocalDate lastDay(Instant to) {
        return LocalDate.ofInstant(to.minusNanos(1), ZoneOffset.UTC).plusDays(1);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().truncatedTo(ChronoUnit.DAYS);
    }

    private static DayTotals addedUp(Instant start, long hits) {
        DayTotals day = mock();
        when(day.start()).thenReturn(start);
        when(day.end()).thenReturn(start.plus(Duration.ofDays(1)));
        when(day.hits(any(), any())).thenReturn(hits);
        return day;
    }

    private static DayCounts counts(Instant start, long hits) {
        DayCounts counts = mock();
        when(counts.hitsByTime()).thenReturn(new TreeMap<>(Map.of(start, hits)));
        return counts;
    }
}
