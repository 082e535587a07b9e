package broadsheet.notification.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterIndexTermsTests {

    private static final List<String> PIECES = List.of(
            "数", "据", "大数据", "平台", "台", "art", "party", "a", "The", "ＬＩＢＲＡＲＹ", "library", "5G", "é", "e\u0301", "サー",
            "バー", "มหา", "서울", "12", "-", "!", "’s", "\u00ad", "🎓");
    private static final List<String> NAMES = List.of("Campus", "campus", "Arts", "学院", "Ada", "ＡＤＡ", "é");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void termsFindTheSameFiltersAsTryingAllOfThem(long seed) {
        var random = new RandomNews(new Random(seed));
        List<EventFilter> filters = Stream.generate(random::filter).limit(400).toList();
        Map<String, Set<EventFilter>> byTerm = new HashMap<>();
        filters.forEach(filter -> FilterIndexTerms.of(filter)
                .forEach(term ->
                        byTerm.computeIfAbsent(term, none -> new HashSet<>()).add(filter)));
        var found = new HashSet<EventKind>();
        for (int round = 0; round < 200; round++) {
            PublicEvent event = random.event();
            Set<EventFilter> byTerms = FilterIndexTerms.of(event).stream()
                    .flatMap(term -> byTerm.getOrDefault(term, Set.of()).stream())
                    .filter(filter -> filter.matches(event))
                    .collect(Collectors.toSet());
            assertThat(byTerms)
                    .as(event.toString())
                    .isEqualTo(filters.stream()
                            .filter(filter -> filter.matches(event))
                            .collect(Collectors.toSet()));
            byTerms.forEach(filter -> found.add(event.kind()));
            assertThat(filters)
                    .allMatch(filter -> FilterExplanation.of(filter, event).matches() == filter.matches(event));
        }
        assertThat(found).containsExactlyInAnyOrder(EventKind.values());
    }

    @Test
    void theRarestConditionIsTheOneThatIsStored() {
        assertThat(terms(Set.of("campus"), Set.of("science"), Set.of("of the library", "大数据 of", "Art")))
                .containsExactlyInAnyOrder("k:the library", "k:大数", "k:art", "w:c:campus");
        assertThat(terms(Set.of("campus"), Set.of("Science"), Set.of()))
                .containsExactlyInAnyOrder("t:science", "w:c:campus");
        assertThat(terms(Set.of("campus"), Set.of(), Set.of())).containsExactlyInAnyOrder("c:campus", "w:c:campus");
        assertThat(FilterIndexTerms.of(EventFilter.everything())).containsExactlyInAnyOrder("*", "w:*");
    }

    private static Set<String> terms(Set<String> categories, Set<String> tags, Set<String> keywords) {
        return FilterIndexTerms.of(new EventFilter(categories, tags, Set.of(), keywords, Set.of()));
    }

    private record RandomNews(Random random) {

        EventFilter filter() {
            return new EventFilter(
                    several(this::name),
                    several(this::name),
                    several(this::name),
                    several(this::keyword),
                    several(this::kind));
        }

        PublicEvent event() {
            EventKind kind = kind();
            String category = name();
            var notification = new Notification(
                    "1",
                    kind.type(),
                    Instant.EPOCH,
                    kind == EventKind.WITHDRAWN
                            ? new Notification.WithdrawnArticle("7", "/", new Notification.Category(category, ""), 1)
                            : article(category),
                    null,
                    null);
            return new PublicEvent(notification, NormalizedArticle.of(notification.article()), "");
        }

        private Notification.PublicArticle article(String category) {
            return new Notification.PublicArticle(
                    "7",
                    "7",
                    "/",
                    text(8),
                    random.nextBoolean() ? text(8) : null,
                    random.nextBoolean() ? text(20) : null,
                    new Notification.Category(category, ""),
                    List.copyOf(several(this::name)),
                    List.copyOf(several(this::name)),
                    Instant.EPOCH,
                    1);
        }

        private String keyword() {
            String text = text(3);
            return EventFilter.isKeyword(text) ? text : "art";
        }

        private String text(int pieces) {
            return IntStream.range(0, 1 + random.nextInt(pieces))
                    .mapToObj(piece -> PIECES.get(random.nextInt(PIECES.size())) + (random.nextBoolean() ? " " : ""))
                    .collect(Collectors.joining());
        }

        private String name() {
            return NAMES.get(random.nextInt(NAMES.size()));
        }

        private EventKind kind() {
            return List.of(EventKind.values()).get(random.nextInt(4));
        }

        private <T> Set<T> several(Supplier<T> value) {
            var values = new LinkedHashSet<T>();
            for (int rest = random.nextInt(4) - 1; rest > 0; rest--) {
                values.add(value.get());
            }
            return values;
        }
    }
}
