package broadsheet.stats.kafka;

import static java.util.Objects.requireNonNull;

import broadsheet.stats.StatsProperties;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The topic of views as the broker describes it now. */
@Component
public class ViewsTopic implements DisposableBean {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    private final String name;
    private final Map<String, Object> configuration;
    private final InstantSource clock;
    private @Nullable Admin admin;

    ViewsTopic(StatsProperties properties, KafkaAdmin kafka, InstantSource clock) {
        this.clock = clock;
        this.name = properties.viewsTopic();
        this.configuration = kafka.getConfigurationProperties();
    }

    /** The id that a topic of this name has until it is deleted; one that is made anew has another. */
    public Mono<String> id() {
        return description().map(topic -> topic.topicId().toString());
    }

    /** The records of each partition that there still are, by number of the partition. */
    public Mono<Map<Integer, Extent>> extents() {
        return description()
                .map(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(name, partition.partition()))
                        .toList())
                .flatMap(this::extents);
    }

    private Mono<Map<Integer, Extent>> extents(List<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.earliest())
                .zipWith(offsets(partitions, OffsetSpec.latest()), ViewsTopic::extents);
    }

    private static Map<Integer, Extent> extents(
            Map<TopicPartition, ListOffsetsResultInfo> starts, Map<TopicPartition, ListOffsetsResultInfo> ends) {
        Map<Integer, Extent> extents = new HashMap<>();
        starts.forEach((partition, start) ->
                extents.put(partition.partition(), Extent.of(start, requireNonNull(ends.get(partition)))));
        return extents;
    }

    /** The records of one partition that there still are. */
    public Mono<Extent> extent(int partition) {
        return extents(List.of(new TopicPartition(name, partition)))
                .map(extents -> requireNonNull(extents.get(partition)));
    }

    /**
     * What of a partition can be read.
     *
     * @param end the offset that the next record will have
     * @param epoch the leader epoch that the next record will have
     */
    public record Extent(long start, long end, int epoch) {

        private static Extent of(ListOffsetsResultInfo start, ListOffsetsResultInfo end) {
            return new Extent(start.offset(), end.offset(), end.leaderEpoch().orElse(Integer.MAX_VALUE));
        }
    }

    /** From when it holds every view, by the time of receipt; empty where nothing was ever deleted. */
    public Mono<Optional<Instant>> since() {
        return extents().flatMap(extents -> {
            List<TopicPartition> cut = extents.entrySet().stream()
                    .filter(extent -> extent.getValue().start() > 0)
                    .map(extent -> new TopicPartition(name, extent.getKey()))
                    .toList();
            return cut.isEmpty()
                    ? Mono.just(Optional.empty())
                    : offsets(cut, OffsetSpec.forTimestamp(0)).map(this::latest);
        });
    }

    /** A partition of which nothing is left holds what is yet to come. */
    private Optional<Instant> latest(Map<TopicPartition, ListOffsetsResultInfo> firsts) {
        return firsts.values().stream()
                .map(first -> first.timestamp() < 0 ? clock.instant() : Instant.ofEpochMilli(first.timestamp()))
                .max(Comparator.naturalOrder());
    }

    /** The offset of the first record of each partition that was written at this time or later; its end where there is none. */
    public Mono<Map<Integer, Long>> offsetsFrom(Instant time) {
        return extents()
                .flatMap(extents -> offsets(
                                extents.keySet().stream()
                                        .map(partition -> new TopicPartition(name, partition))
                                        .toList(),
                                OffsetSpec.forTimestamp(time.toEpochMilli()))
                        .map(found -> found.entrySet().stream()
                                .collect(Collectors.toMap(
                                        offset -> offset.getKey().partition(),
                                        offset -> offset.getValue().offset() < 0
                                                ? requireNonNull(extents.get(
                                                                offset.getKey().partition()))
                                                        .end()
                                                : offset.getValue().offset()))));
    }

    private Mono<TopicDescription> description() {
        return answer(admin -> admin.describeTopics(List.of(name)).allTopicNames())
                .map(topics -> topics.get(name));
    }

    private Mono<Map<TopicPartition, ListOffsetsResultInfo>> offsets(List<TopicPartition> partitions, OffsetSpec spec) {
        return answer(admin -> admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(Function.identity(), p -> spec)))
                .all());
    }

    /** An error that comes when nobody waits any more is dropped without a word, since it is part of the answer. */
    private <T> Mono<T> answer(Function<Admin, KafkaFuture<T>> question) {
        return Mono.fromCallable(this::admin)
                .subscribeOn(Schedulers.boundedElastic()) // it looks up Kafka's name
                .flatMap(kafka -> Mono.fromFuture(
                        () -> question.apply(kafka)
                                .toCompletionStage()
                                .<Mono<T>>handle((value, e) -> e == null ? Mono.just(value) : Mono.error(e))
                                .toCompletableFuture(),
                        true))
                .flatMap(Function.identity())
                .timeout(TIME_LIMIT);
    }

    /** Made once Kafka's name is known. */
    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(new HashMap<>(configuration));
        }
        return admin;
    }

    @Override
    public synchronized void destroy() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
