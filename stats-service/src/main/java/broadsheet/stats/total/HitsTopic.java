package broadsheet.stats.total;

import broadsheet.events.ArticleHits;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.stats.StatsProperties;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Sends totals to the compacted topic that keeps the newest total of every article. */
@Component
public class HitsTopic {

    private static final String SOURCE = "/stats-service";

    private final KafkaTemplate<String, byte[]> kafka;
    private final InstantSource clock;
    private final String name;

    HitsTopic(KafkaTemplate<String, byte[]> kafka, InstantSource clock, StatsProperties properties) {
        this.kafka = kafka;
        this.clock = clock;
        this.name = properties.hitsTopic();
    }

    /**
     * Completes once the broker has all of them.
     *
     * @param imported hits that are added to the totals, by article
     */
    Mono<Void> send(List<UnsentTotal> totals, Map<String, Long> imported) {
        return Flux.fromIterable(totals)
                .map(total -> record(total, imported.getOrDefault(total.articleId(), 0L)))
                .publishOn(Schedulers.boundedElastic()) // the producer blocks its caller where metadata is missing
                .flatMap(record -> Mono.fromFuture(() -> kafka.send(record)), Integer.MAX_VALUE)
                .then();
    }

    /** Completes once the broker has a record of the article without a value: Kafka then removes those before it, at last itself. */
    public Mono<Void> erase(String articleId) {
        return Mono.fromFuture(() -> kafka.send(new ProducerRecord<>(name, articleId, null)))
                .subscribeOn(Schedulers.boundedElastic()) // the producer blocks its caller where metadata is missing
                .then();
    }

    private ProducerRecord<String, byte[]> record(UnsentTotal total, long imported) {
        var hits = new ArticleHits(total.articleId(), total.hits() + imported, total.asOf(), total.announcedAs());
        var encoded =
                EventCodec.encode(Envelope.of(SOURCE, clock.instant(), hits)).toRecord();
        return new ProducerRecord<>(name, null, encoded.key(), encoded.value(), encoded.headers());
    }
}
