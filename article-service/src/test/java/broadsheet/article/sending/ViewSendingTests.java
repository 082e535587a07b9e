package broadsheet.article.sending;

import static broadsheet.article.sending.ViewEvents.RECEIVED;
import static broadsheet.article.sending.ViewEvents.view;
import static broadsheet.article.sending.ViewEvents.views;
import static broadsheet.testservers.PatientAwait.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import broadsheet.events.ArticleViewed;
import broadsheet.events.EncodedEvent;
import broadsheet.events.EventCodec;
import broadsheet.events.EventType;
import broadsheet.events.Topics;
import broadsheet.web.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** Sender, spool and drain together, over a Kafka that answers as the test says. */
class ViewSendingTests {

    @TempDir
    Path folder;

    private final KafkaStandIn kafka = new KafkaStandIn();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T06:10:00Z"));
    private ViewProducer producer;
    private ViewSpool spool;
    private SpoolTakeOver takeOver;
    private ViewSender sender;
    private ViewSpoolDrain drain;
    private SpoolReport report;

    @BeforeEach
    void start() {
        var properties = new SendingProperties(folder.resolve("spool"), 1_000, 1_000, true, Duration.ofSeconds(1));
        producer = new ViewProducer(() -> kafka);
        spool = new ViewSpool(properties, clock, new SimpleMeterRegistry());
        sender = new ViewSender(producer, spool, clock, properties);
        takeOver = new SpoolTakeOver(spool, properties, clock);
        report = new SpoolReport(spool, takeOver, producer, clock);
        drain = new ViewSpoolDrain(spool, takeOver, producer, sender, report, clock);
        await().until(producer.partitions()::allTakeRecords);
    }

    @AfterEach
    void stop() throws IOException {
        producer.destroy();
        spool.destroy();
    }

    @Test
    void aRecordHasTheTimeOfItsViewAndThePartitionThatKafkaWouldChoose() {
        List<EncodedEvent> views = views(20);
        views.forEach(view -> sender.send(view).block());

        assertThat(kafka.acknowledged).hasSize(20).allSatisfy(record -> {
            assertThat(record.timestamp()).isEqualTo(RECEIVED.toEpochMilli());
            assertThat(record.partition()).isEqualTo(partition(record.key()));
        });
        assertThat(kafka.extensions(views.get(0).id())).containsExactly(Map.of());
        assertThat(spool.files().isEmpty()).isTrue();
    }

    @Test
    void whatTheProducerRefusesIsSurelyNotInKafkaAndItsCopyClaimsNoAttempt() {
        EncodedEvent view = view("a");
        kafka.refusal = new TimeoutException("not present in metadata after 0 ms");
        sender.send(view).block();
        kafka.refusal = null;
        Instant spooled = clock.instant();
        clock.set(spooled.plusSeconds(60));
        drain.drain();

        assertThat(kafka.extensions(view.id())).containsExactly(Map.of("ce_spooled", spooled.toString()));
        assertThat(kafka.acknowledged.get(0).timestamp()).isEqualTo(RECEIVED.toEpochMilli());
        assertThat(spool.files().isEmpty()).isTrue();
    }

    @Test
    void whatTimedOutMayBeInKafkaAndEachCopySaysWhenItWasTried() {
        EncodedEvent view = view("a");
        kafka.answer = record -> new TimeoutException("1000 ms has passed since batch creation");
        Instant first = clock.instant();
        sender.send(view).block();
        Instant second = first.plusSeconds(10);
        clock.set(second);
        drain.drain();
        kafka.answer = record -> null;
        clock.set(second.plusSeconds(10));
        drain.drain();

        String spooled = first.toString();
        assertThat(kafka.extensions(view.id()))
                .containsExactly(
                        Map.of(),
                        Map.of("ce_spooled", spooled, "ce_firstattempt", spooled, "ce_lastattempt", spooled),
                        Map.of(
                                "ce_spooled", spooled,
                                "ce_firstattempt", spooled,
                                "ce_lastattempt", second.toString()));
        assertThat(spool.files().isEmpty()).isTrue();
    }

    @Test
    void whatIsAcknowledgedIsRemovedThoughItsNeighbourFailed() {
        List<EncodedEvent> views = views(20);
        spooled(views);
        kafka.answer = record -> record.key().equals("a7") ? new TimeoutException("no answer") : null;
        drain.drain();
        assertThat(spool.files().pendingCount()).isLessThan(20);
        List<String> acknowledged =
                kafka.acknowledged.stream().map(ProducerRecord::key).toList();

        kafka.answer = record -> null;
        while (drain.drain()) {
            // until all is sent
        }
        assertThat(spool.files().isEmpty()).isTrue();
        assertThat(kafka.acknowledged)
                .extracting(ProducerRecord::key)
                .doesNotHaveDuplicates()
                .hasSize(20);
        assertThat(acknowledged).isNotEmpty();
    }

    @Test
    void aPartitionWithoutLeaderHoldsUpNoOther() {
        kafka.leaderless.add(1);
        await().until(() -> !producer.partitions().allTakeRecords());
        List<EncodedEvent> views = views(40);
        views.forEach(view -> sender.send(view).block());

        long leaderless =
                views.stream().filter(view -> partition(view.key()) == 1).count();
        assertThat(spool.files().pendingCount()).isEqualTo(leaderless).isPositive();
        assertThat(kafka.acknowledged).hasSize(40 - (int) leaderless);
        drain.drain();
        assertThat(spool.files().pendingCount()).isEqualTo(leaderless);

        kafka.leaderless.clear();
        await().until(producer.partitions()::allTakeRecords);
        drain.drain();
        assertThat(kafka.acknowledged).hasSize(40);
        assertThat(kafka.extensions(idOfPartition(views, 1)))
                .allMatch(headers -> !headers.containsKey("ce_firstattempt"));
    }

    @Test
    void aPartitionThatFailsIsTriedWithOneViewAndItsViewsGoToTheSpoolMeanwhile() {
        List<EncodedEvent> views = views(40);
        spooled(views);
        kafka.answer = record -> record.partition() == 2 ? new TimeoutException("no answer") : null;
        while (drain.drain()) {
            // the others are sent
        }
        long failing = views.stream().filter(view -> partition(view.key()) == 2).count();
        assertThat(spool.files().pendingCount()).isEqualTo(failing);
        int before = kafka.sent.size();
        drain.drain();
        assertThat(kafka.sent).hasSize(before + 1);
        views(40).forEach(view -> sender.send(view).block());
        assertThat(spool.files().pendingCount()).isEqualTo(2 * failing);

        kafka.answer = record -> null;
        while (drain.drain()) {
            // all is sent
        }
        assertThat(kafka.acknowledged).hasSize(80);
    }

    @Test
    void whatKafkaRefusesForGoodIsSetAside() {
        spooled(views(20));
        kafka.answer = record -> record.key().equals("a7") ? new RecordTooLargeException("too large") : null;
        drain.drain();

        assertThat(kafka.acknowledged).hasSize(19);
        assertThat(spool.files().isEmpty()).isTrue();
        assertThat(folder.resolve("spool-1"))
                .isDirectoryContaining(file -> file.toString().endsWith(".unreadable"));
        assertThatExceptionOfType(RecordTooLargeException.class)
                .isThrownBy(() -> sender.send(view("a7")).block());
    }

    /** Kafka's own clock is right, and refuses what is more than an hour ahead of it. */
    @Test
    void viewsOfAClockThatWasAheadAreSentWithTheTimeAtWhichItWasRight() {
        Instant right = clock.instant();
        kafka.answer =
                record -> record.timestamp() > right.plus(Duration.ofHours(1)).toEpochMilli()
                        ? new InvalidRecordException("its timestamp is out of range")
                        : null;
        clock.set(right.plus(Duration.ofHours(2)));
        List<EncodedEvent> ahead = views(20, clock.instant());
        ahead.subList(0, 10).forEach(view -> sender.send(view).block());
        spooled(ahead.subList(10, 20));
        assertThat(producer.partitions().allTakeRecords()).isTrue();
        while (drain.drain()) {
            // nothing of it can be sent
        }
        report.tell();
        assertThat(reports()).containsExactly("20");

        clock.set(right);
        views(20).forEach(view -> sender.send(view).block());
        assertThat(spool.files().pendingCount()).isEqualTo(20);
        drain.drain();
        drain.drain();
        assertThat(spool.files().isEmpty()).isTrue();
        assertThat(folder.resolve("spool-1"))
                .isDirectoryNotContaining(file -> file.toString().endsWith(".unreadable"));
        assertThat(copiesOf(ahead)).hasSize(20).allSatisfy(record -> {
            assertThat(record.timestamp()).isEqualTo(right.toEpochMilli());
            var view = (ArticleViewed) EventCodec.read(EventType.ARTICLE_VIEWED, record.value());
            assertThat(view.receivedAt()).isEqualTo(right);
            assertThat(view.occurredAt()).isEqualTo(right);
        });
    }

    /** A copy whose answer is lost may be in Kafka, so the next one has the same time. */
    @Test
    void whatWasSentWithAnotherTimeKeepsIt() {
        Instant first = clock.instant();
        kafka.answer = record -> new InvalidTimestampException("its timestamp is out of range");
        EncodedEvent view = views(1, first.plus(Duration.ofHours(2))).get(0);
        sender.send(view).block();
        drain.drain();
        kafka.answer = record -> new TimeoutException("no answer");
        clock.set(first.plusSeconds(10));
        drain.drain();
        kafka.answer = record -> null;
        clock.set(first.plus(Duration.ofHours(3)));
        drain.drain();

        assertThat(kafka.acknowledged).extracting(ProducerRecord::timestamp).containsExactly(first.toEpochMilli());
        assertThat(kafka.extensions(view.id()).get(3))
                .containsEntry("ce_firstattempt", first.toString())
                .containsEntry("ce_lastattempt", first.plusSeconds(10).toString());
    }

    @Test
    void withoutKafkaAndSpoolAViewIsRefused() throws Exception {
        kafka.refusal = new TimeoutException("away");
        spooled(views(1_000));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> sender.send(view("one-more")).block());
        kafka.refusal = null;
        sender.send(view("one-more")).block();
        assertThat(kafka.acknowledged).extracting(ProducerRecord::key).containsExactly("one-more");
    }

    @Test
    void whetherViewsWaitIsToldOnceBeforeTheyAreSentAndOnceAfter() {
        spool.completeCurrentFile(); // it has its folder then
        report.tell();
        report.tell();
        assertThat(reports()).containsExactly("0");
        spooled(views(3));
        kafka.answer = record -> new TimeoutException("away");
        report.tell();
        kafka.answer = record -> null;
        report.tell();
        assertThat(reports()).containsExactly("0", "3");
        drain.drain();
        report.tell();
        assertThat(reports()).containsExactly("0", "3", "0");
    }

    /** Until it ends with a last word, which is to be believed for good. */
    @Test
    void anInstanceTellsThatItRuns() throws IOException {
        spool.completeCurrentFile();
        report.tell();
        clock.set(clock.instant().plusSeconds(2));
        report.tell();
        assertThat(believedSeconds()).containsExactly("10");
        clock.set(clock.instant().plusSeconds(2));
        report.tell();
        assertThat(believedSeconds()).containsExactly("10", "10");
        report.destroy();
        assertThat(believedSeconds()).containsExactly("10", "10", "null");
        assertThat(reports()).containsOnly("0");
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> spool.add(view("late"), null).block());
    }

    @Test
    void anInstanceThatLeavesViewsHasNoLastWord() {
        spooled(views(3));
        report.destroy();
        assertThat(reports()).isEmpty();
    }

    /** Each time, since another instance may have had it and ended in between. */
    @Test
    void whatIsTakenOverIsToldAfterItsNewPlace() throws IOException {
        for (int round = 0; round < 2; round++) {
            var other = new ViewSpool(
                    new SendingProperties(folder.resolve("spool"), 10, 10, true, Duration.ofSeconds(1)),
                    clock,
                    new SimpleMeterRegistry());
            other.add(view("left"), null).block();
            other.destroy();
            takeOver.takeOver();
            kafka.acknowledged.clear();
            kafka.refusal = new TimeoutException("away");
            report.tell();
            kafka.refusal = null;
            report.tell();
            assertThat(reports()).containsExactly("1", "0");
            while (drain.drain()) {
                // until all is sent
            }
            report.tell();
        }
    }

    /** After it the spool gives its folder up, so another process may send what is there. */
    @Test
    void aDrainThatStopsSendsOnlyWhatIsOnItsWay() throws Exception {
        spooled(views(3));
        spool.completeCurrentFile();
        spooled(views(3));
        var stop = new FutureTask<>(drain::stop, true);
        kafka.answer = record -> {
            if (record.topic().equals(Topics.VIEWS) && drain.isRunning()) {
                new Thread(stop).start();
                await().until(() -> !drain.isRunning());
            }
            return null;
        };
        drain.start();
        stop.get(10, TimeUnit.SECONDS);

        assertThat(kafka.acknowledged)
                .filteredOn(record -> record.topic().equals(Topics.VIEWS))
                .hasSize(3);
        assertThat(spool.files().pendingCount()).isEqualTo(3);
    }

    private List<String> believedSeconds() {
        return told("toldAgainWithinSeconds");
    }

    private List<ProducerRecord<String, byte[]>> copiesOf(List<EncodedEvent> events) {
        var ids = events.stream().map(EncodedEvent::id).toList();
        return kafka.acknowledged.stream()
                .filter(record -> ids.contains(KafkaStandIn.header(record, "ce_id")))
                .toList();
    }

    private List<String> reports() {
        return told("waiting");
    }

    private List<String> told(String field) {
        return kafka.acknowledged.stream()
                .filter(record -> record.topic().equals(Topics.VIEWS_SPOOLED))
                .map(record -> new String(record.value(), UTF_8).replaceAll(".*\"" + field + "\":(\\d+|null).*", "$1"))
                .toList();
    }

    private void spooled(List<EncodedEvent> views) {
        Flux.fromIterable(views)
                .flatMapSequential(view -> spool.add(view, null))
                .blockLast();
    }

    private static String idOfPartition(List<EncodedEvent> views, int number) {
        return Stream.of(views.toArray(EncodedEvent[]::new))
                .filter(view -> partition(view.key()) == number)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static int partition(String key) {
        try (var serializer = new StringSerializer()) {
            return BuiltInPartitioner.partitionForKey(serializer.serialize(Topics.VIEWS, key), KafkaStandIn.PARTITIONS);
        }
    }
}
