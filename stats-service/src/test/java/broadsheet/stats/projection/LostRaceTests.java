package broadsheet.stats.projection;

import static broadsheet.stats.ViewEvents.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.ledger.LedgerHours;
import broadsheet.stats.position.Place;
import broadsheet.stats.store.StatsCollections;
import com.mongodb.ReadConcern;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Where another writer comes between each time. */
@Isolated("virtual time is that of the whole process")
class LostRaceTests {

    private final AtomicInteger reads = new AtomicInteger();
    private final StatsCollections collections = mock();
    private final FenceMetrics metrics = new FenceMetrics(new SimpleMeterRegistry());
    private final FencedProjectionWriter writer =
            new FencedProjectionWriter(collections, List.of(new LedgerHours(mock())), Generation.FIRST, metrics);

    @Test
    @Timeout(60)
    void aWriterThatLosesEveryRaceReadsAFewTimesASecond() {
        MongoCollection<Document> documents = alwaysChangedMeanwhile();
        when(collections.named(any())).thenReturn(Mono.just(documents));
        var hit = ClassifiedView.of("t-0", new Place(0, 0), Classification.COUNTED, view("a", "v", Instant.EPOCH));

        StepVerifier.withVirtualTime(() -> writer.write(List.of(hit)))
                .expectSubscription()
                .thenAwait(Duration.ofSeconds(10))
                .then(() -> assertThat(reads).hasValueBetween(20, 200))
                .thenCancel()
                .verify();
    }

    private MongoCollection<Document> alwaysChangedMeanwhile() {
        MongoCollection<Document> documents = mock();
        FindPublisher<Document> nothing = mock();
        when(nothing.projection(any())).thenReturn(nothing);
        doAnswer(subscription -> {
                    reads.incrementAndGet();
                    Subscriber<Document> subscriber = subscription.getArgument(0);
                    Flux.<Document>empty().subscribe(subscriber);
                    return null;
                })
                .when(nothing)
                .subscribe(any());
        // of a collection that is read by any other concern there is nothing to find
        MongoCollection<Document> majority = mock();
        when(documents.withReadConcern(ReadConcern.MAJORITY)).thenReturn(majority);
        when(majority.find(any(Bson.class))).thenReturn(nothing);
        when(documents.bulkWrite(anyList(), any(BulkWriteOptions.class)))
                .thenReturn(Mono.just(BulkWriteResult.acknowledged(0, 0, 0, 0, List.of(), List.of())));
        return documents;
    }
}
