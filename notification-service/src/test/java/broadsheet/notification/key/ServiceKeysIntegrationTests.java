package broadsheet.notification.key;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.testservers.TestServers;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class ServiceKeysIntegrationTests {

    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

    private static final MongoClient CLIENT = MongoClients.create(TestServers.mongoUri("keys"));

    private final String database = "keys-" + UUID.randomUUID();
    private final AtomicInteger generated = new AtomicInteger();

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @Test
    void instancesThatAskAtOnceGetTheSameKey() {
        var instances = List.of(keys(), keys(), keys(), keys());
        List<byte[]> keys = Objects.requireNonNull(Flux.fromIterable(instances)
                .flatMap(instance -> instance.get("signs", this::key).subscribeOn(Schedulers.boundedElastic()))
                .collectList()
                .block(TIME_LIMIT));
        assertThat(keys).hasSize(4).allSatisfy(key -> assertThat(key).isEqualTo(keys.get(0)));
    }

    @Test
    void aKeyOutlivesTheInstanceAndEachNameHasItsOwn() {
        byte[] first = get(keys(), "signs");
        assertThat(get(keys(), "signs")).isEqualTo(first);
        assertThat(get(keys(), "encrypts")).isNotEqualTo(first);
        assertThat(generated).hasValue(2);
    }

    @Test
    void whatACallerDoesToAKeyChangesNoOtherCopy() {
        ServiceKeys keys = keys();
        byte[] first = get(keys, "signs");
        byte[] before = first.clone();
        first[0]++;
        assertThat(get(keys, "signs")).isEqualTo(before);
    }

    @Test
    void aKeyThatCouldNotBeMadeIsMadeAtTheNextCall() {
        ServiceKeys keys = keys();
        Mono<byte[]> failed = keys.get("signs", () -> {
            throw new IllegalStateException("no randomness");
        });
        assertThat(failed.onErrorReturn(new byte[0]).block(TIME_LIMIT)).isEmpty();
        assertThat(get(keys, "signs")).isNotEmpty();
    }

    private byte[] get(ServiceKeys keys, String name) {
        return Objects.requireNonNull(keys.get(name, this::key).block(TIME_LIMIT));
    }

    private byte[] key() {
        return ByteBuffer.allocate(4).putInt(generated.incrementAndGet()).array();
    }

    private ServiceKeys keys() {
        return new ServiceKeys(
                new ReactiveMongoTemplate(new SimpleReactiveMongoDatabaseFactory(CLIENT, database)),
                InstantSource.system());
    }
}
