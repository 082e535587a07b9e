package broadsheet.stats.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import broadsheet.stats.StoredDocuments;
import broadsheet.stats.TestStatsProperties;
import broadsheet.stats.imported.ImportedHits;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.stats.total.HitsSender;
import broadsheet.testservers.MongoServers;
import broadsheet.web.cache.SharedHttpCache;
import broadsheet.web.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Calls that meet each other. */
@ParameterizedClass
@MethodSource("servers")
class ImporterIntegrationTests {

    private static final int TWO_PARTS = 600;

    private final StoredDocuments store;
    private final Imports imports;
    private Supplier<Mono<?>> beforeTheSecondPart = Mono::empty;
    private final Importer importer;

    ImporterIntegrationTests(String uri) {
        store = new StoredDocuments(uri);
        imports = new Imports(store.collections());
        importer = new Importer(
                imports,
                new InterruptedHits(),
                new ArticleTotals(store.served(), TestStatsProperties.THRESHOLDS),
                mock(HitsSender.class),
                mock(SharedHttpCache.class));
    }

    static Stream<Named<String>> servers() {
        return MongoServers.uris("importer-" + UUID.randomUUID());
    }

    @AfterEach
    void drop() {
        store.drop();
        store.close();
    }

    @Test
    void ofTwoFilesWithOneIdOneIsTakenAndNothingOfTheOther() {
        for (int time = 0; time < 10; time++) {
            String id = "import-" + time;
            List<Import> taken = Flux.just(1L, 2L)
                    .flatMap(hits -> importer.store(wanted(id, "digest-" + hits), views(hits))
                            .onErrorResume(ProblemException.class, e -> Mono.empty()))
                    .collectList()
                    .blockOptional()
                    .orElseThrow();

            assertThat(taken).hasSize(1);
            Document stored =
                    store.all("stats_imports", new Document("_id", id)).get(0);
            assertThat(stored).containsEntry("digest", taken.get(0).digest()).containsEntry("state", "DONE");
            assertThat(hits(id))
                    .hasSize(TWO_PARTS)
                    .containsOnly(taken.get(0).digest().equals("digest-1") ? 1L : 2L);
        }
    }

    @Test
    void nothingIsLeftOfAnImportThatIsRemovedWhileItIsStored() {
        beforeTheSecondPart = () -> importer.remove("one", "ops");

        assertThat(importer.store(wanted("one", "d"), views(1))
                        .map(Import::state)
                        .map(Object::toString)
                        .onErrorResume(
                                ProblemException.class,
                                e -> Mono.just(e.getStatusCode().toString()))
                        .block())
                .isEqualTo("409 CONFLICT");

        assertThat(hits("one")).isEmpty();
        assertThat(store.find("stats_imports", "one")).isNull();
    }

    @Test
    void anImportThatTookThePlaceOfOneThatIsStillStoredIsWhole() {
        beforeTheSecondPart = () -> {
            beforeTheSecondPart = Mono::empty;
            return importer.remove("one", "ops").then(importer.store(wanted("one", "other"), views(2)));
        };

        assertThat(importer.store(wanted("one", "d"), views(1))
                        .onErrorResume(ProblemException.class, e -> Mono.empty())
                        .blockOptional())
                .isEmpty();

        assertThat(hits("one")).hasSize(TWO_PARTS).containsOnly(2L);
    }

    private List<Long> hits(String id) {
        return store.all("stats_imported", new Document("import", id)).stream()
                .map(stored -> stored.getLong("hits"))
                .toList();
    }

    private static Map<String, Long> views(long hits) {
        return IntStream.range(0, TWO_PARTS)
                .boxed()
                .collect(Collectors.toMap(number -> "article-" + number, number -> hits));
    }

    private static Import wanted(String id, String digest) {
        return new Import(
                id, Import.State.STORING, false, Instant.EPOCH, "ops", TWO_PARTS, TWO_PARTS, 1, 0, List.of(), digest);
    }

    private final class InterruptedHits extends ImportedHits {

        private final AtomicInteger parts = new AtomicInteger();

        InterruptedHits() {
            super(store.collections());
        }

        @Override
        public Mono<Void> store(String importId, String digest, Map<String, Long> hitsByArticle) {
            Mono<Void> stored = super.store(importId, digest, hitsByArticle);
            return Mono.defer(() -> parts.incrementAndGet() == 2 ? beforeTheSecondPart.get() : Mono.empty())
                    .then(stored);
        }
    }
}
