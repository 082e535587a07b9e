package broadsheet.stats.article;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.stats.store.StatsCollections;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A MongoDB that neither answers nor closes its connections. */
@Isolated("virtual time is that of the whole process")
class HangingStoreTests {

    @Test
    void whoeverReadsAllArticlesIsToldInTime() {
        ReactiveMongoTemplate mongo = mock();
        when(mongo.execute(anyString(), any())).thenReturn(Flux.never());
        when(mongo.getCollection(any())).thenReturn(Mono.never());
        var articles = new Articles(new StatsCollections(mongo), mock());

        StepVerifier.withVirtualTime(articles::all)
                .expectSubscription()
                .thenAwait(Duration.ofSeconds(5))
                .expectError(DataAccessResourceFailureException.class)
                .verify(Duration.ofSeconds(30));
    }
}
