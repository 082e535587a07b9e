package broadsheet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import reactor.core.publisher.Mono;

class StoreAtStartTests {

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aStoreThatDoesNotAnswerAtFirstIsAskedAgain() {
        Mono<String> answersThen = Mono.defer(() -> asked.incrementAndGet() == 1
                ? Mono.error(new DataAccessResourceFailureException("No answer"))
                : Mono.just("answer"));

        assertThat(StoreAtStart.await(answersThen)).isEqualTo("answer");
        assertThat(asked).hasValue(2);
    }

    @Test
    void whatIsNotTheStoresEndsTheStart() {
        Mono<String> broken = Mono.defer(() -> {
            asked.incrementAndGet();
            return Mono.error(new IllegalStateException("The signing key a is not a JWK"));
        });

        assertThatThrownBy(() -> StoreAtStart.await(broken)).hasMessage("The signing key a is not a JWK");
        assertThat(asked).hasValue(1);
    }
}
