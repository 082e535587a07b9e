package broadsheet.stats.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import broadsheet.stats.StoredDocuments;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.projection.DocumentMove;
import broadsheet.testservers.MongoServers;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever copies days sees that others move some. */
@ParameterizedClass
@MethodSource("servers")
class ErasedDaysIntegrationTests {

    private final StoredDocuments store;
    private final ErasedDays days;

    ErasedDaysIntegrationTests(String uri) {
        store = new StoredDocuments(uri);
        days = new ErasedDays(new ErasedArticles(store.collections()), store.served(), mock(), TestArticleDays.KEPT);
    }

    static Stream<Named<String>> servers() {
        return MongoServers.uris("erased-days-" + UUID.randomUUID());
    }

    @AfterEach
    void drop() {
        store.drop();
        store.close();
    }

    @Test
    void theMoveOfADayOfAnArticleThatAnotherInstanceHasJustErasedIsSeen() {
        store.insert(
                ArticleDays.COLLECTION,
                new Document("_id", "erased@2026-03-01")
                        .append(ArticleDays.ARTICLE_ID, ErasedArticles.TOGETHER)
                        .append(DocumentMove.TIMES, 3L));
        assertThat(days.moves(Generation.FIRST).block()).isEqualTo(3);

        store.insert(
                ErasedArticles.COLLECTION,
                new Document("_id", "a").append(ErasedArticles.REQUESTED_AT, Date.from(Instant.now())));
        store.insert(
                ArticleDays.COLLECTION,
                new Document("_id", "a@2026-03-01")
                        .append(ArticleDays.ARTICLE_ID, "a")
                        .append(DocumentMove.ASIDE, new Document()));

        assertThat(days.moves(Generation.FIRST).block()).isNull();
    }
}
