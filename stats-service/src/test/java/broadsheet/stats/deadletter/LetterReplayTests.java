package broadsheet.stats.deadletter;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.stats.article.ArticleVersions;
import broadsheet.stats.kafka.ViewsTopic;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

@Isolated("virtual time is that of the whole process")
class LetterReplayTests {

    @Test
    void whereKafkaIsAwayTheCallerIsToldInTime() {
        ViewsTopic views = mock();
        when(views.extents()).thenReturn(Mono.never());
        var replay = new LetterReplay(
                mock(DeadLetterTopics.class),
                mock(ReplayedLetters.class),
                mock(ViewResending.class),
                views,
                mock(ArticleVersions.class));

        StepVerifier.withVirtualTime(() -> replay.replay(LetterTopic.VIEWS, null))
                .expectSubscription()
                .thenAwait(Duration.ofSeconds(5))
                .expectError(TimeoutException.class)
                .verify(Duration.ofSeconds(30));
    }
}
