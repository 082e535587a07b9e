package broadsheet.notification.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import broadsheet.web.cache.SharedHttpCache;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.scheduler.Schedulers;

class NotificationListControllerTests {

    @Test
    void keywordsAreLookedForOnAThreadOfTheirOwn() {
        assertThat(threadThatLooksFor(List.of("library"))).startsWith("searches");
        assertThat(threadThatLooksFor(null)).isEqualTo(Thread.currentThread().getName());
    }

    private static String threadThatLooksFor(@Nullable List<String> keywords) {
        var history = new EventHistory(3, () -> Instant.EPOCH);
        history.begin(new TopicOffsets(Uuid.randomUuid(), List.of(0L), Instant.EPOCH), List.of());
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/api/notifications"));
        var searches = Schedulers.newSingle("searches");
        try {
            return new NotificationListController(history, mock(SharedHttpCache.class), searches)
                    .list(null, null, null, keywords, null, null, exchange)
                    .map(page -> Thread.currentThread().getName())
                    .blockOptional()
                    .orElseThrow();
        } finally {
            searches.dispose();
        }
    }
}
