package broadsheet.article.sending;

import static broadsheet.article.sending.ViewEvents.view;
import static broadsheet.article.sending.ViewEvents.views;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import broadsheet.article.sending.SpoolFile.Pending;
import broadsheet.article.sending.SpoolWriter.Append;
import broadsheet.events.EncodedEvent;
import broadsheet.events.Topics;
import broadsheet.web.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import org.springframework.http.HttpStatus;
import org.springframework.util.FileSystemUtils;
import reactor.core.publisher.Flux;

class ViewSpoolTests {

    private static final Instant NOW = Instant.parse("2026-11-24T06:10:00Z");
    private static final int PLENTY = 1_000;

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<ViewSpool> open = new ArrayList<>();
    private final Map<ViewSpool, SpoolTakeOver> takeOvers = new HashMap<>();
    private volatile boolean diskIsFull;

    @AfterEach
    void close() throws IOException {
        for (ViewSpool spool : open) {
            spool.destroy();
        }
    }

    @Test
    void whatIsAcknowledgedOutlivesAKill() throws Exception {
        List<EncodedEvent> views = views(200);
        add(spool("spool", PLENTY), views);
        // what a killed process leaves is what is on disk at that moment
        FileSystemUtils.copyRecursively(folder.resolve("spool-1"), folder.resolve("left-1"));

        ViewSpool next = spool("left", PLENTY);
        assertThat(events(next)).containsExactlyInAnyOrderElementsOf(views);

        SpoolFile file = next.files().open().get(0);
        next.files().sent(file, file.pending().subList(0, 150));
        ViewSpool last = reopened(next, "left");
        assertThat(events(last)).hasSize(50);
        add(last, List.of(view("another")));
        assertThat(events(last)).hasSize(51);
        assertThat(last.files().pendingCount()).isEqualTo(51);
    }

    @Test
    void aFileOfWhichAllWasSentIsDeleted() throws Exception {
        ViewSpool spool = spool("spool", PLENTY);
        add(spool, views(3));
        events(spool);
        SpoolFile file = spool.files().open().get(0);
        spool.files().sent(file, file.pending());
        spool.files().delete(file);

        assertThat(spool.files().isEmpty()).isTrue();
        assertThat(filesIn("spool-1")).containsExactlyInAnyOrder("id", "in-use.lock");
    }

    @Test
    void attemptsAreStoredBeforeTheyAreMade() throws Exception {
        ViewSpool spool = spool("spool", PLENTY);
        spool.add(view("tried"), Attempts.at(NOW.minusSeconds(5))).block();
        spool.add(view("new"), null).block();
        assertThat(events(spool)).hasSize(2);
        SpoolFile file = spool.files().open().get(0);
        file.attempt(file.pending(), NOW);

        ViewSpool next = reopened(spool, "spool");
        assertThat(pending(next))
                .extracting(
                        view -> view.spooled().event().key(),
                        view -> view.spooled().attempts())
                .containsExactly(
                        tuple("tried", new Attempts(NOW.minusSeconds(5), NOW)), tuple("new", Attempts.at(NOW)));
        assertThat(pending(next)).extracting(view -> view.spooled().spooledAt()).containsOnly(NOW);
    }

    /** The file is as the code of version 0.1 wrote it. */
    @Test
    void viewsOfAnEarlierVersionAreSentAfterAnUpgrade() throws Exception {
        try (var file = Objects.requireNonNull(getClass().getResourceAsStream("views-0.1.spool"))) {
            Files.copy(file, folder.resolve("spool"));
        }
        ViewSpool spool = spool("spool", 10);
        lookAfter(spool);

        List<EncodedEvent> views = events(spool);
        assertThat(views).extracting(EncodedEvent::key).containsExactly("article-1", "article-2", "article-3");
        assertThat(views).extracting(EncodedEvent::topic).containsOnly(Topics.VIEWS);
        assertThat(views.get(0).id()).isEqualTo("01a20cd9-197e-7f4f-86aa-aea61fd1e951");
        assertThat(views.get(0).headers())
                .containsEntry("ce_time", "2026-11-24T06:00:01.125Z")
                .containsEntry("ce_source", "/article-service")
                .containsEntry("ce_type", "news.article.viewed.v1");
        assertThat(views.get(0).value()).contains("\"visitorKey\":\"visitor-1\"");
        // it did not say what was tried
        assertThat(pending(spool).get(0).spooled().attempts())
                .isEqualTo(new Attempts(Instant.parse("2026-11-24T06:00:01.125Z"), NOW));
        assertThat(folder.resolve("spool")).doesNotExist();
    }

    /** It goes on where it stopped, so nothing is there twice. */
    @Test
    void anEarlierSpoolThatFindsNoRoomMovesLater() throws Exception {
        try (var file = Objects.requireNonNull(getClass().getResourceAsStream("views-0.1.spool"))) {
            Files.copy(file, folder.resolve("spool"));
        }
        ViewSpool spool = spool("spool", 10);
        diskIsFull = true;
        lookAfter(spool);
        assertThat(folder.resolve("spool")).exists();
        diskIsFull = false;
        lookAfter(spool);

        assertThat(events(spool)).hasSize(3);
        assertThat(folder.resolve("spool")).doesNotExist();
    }

    @Test
    void aFullSpoolTakesNoMore() throws Exception {
        ViewSpool spool = spool("spool", 2);
        add(spool, views(2));
        assertRefused(spool);

        events(spool);
        SpoolFile file = spool.files().open().get(0);
        spool.files().sent(file, file.pending().subList(0, 1));
        add(spool, views(1));
        assertThat(events(spool)).hasSize(2);
    }

    @Test
    void eachInstanceHasAFolderAndWhatAnEndedOneLeftIsTakenOver() throws Exception {
        ViewSpool first = spool("spool", PLENTY);
        ViewSpool second = spool("spool", PLENTY);
        List<EncodedEvent> views = views(5);
        add(first, views.subList(0, 2));
        add(second, views.subList(2, 5));
        lookAfter(first);
        lookAfter(second);
        assertThat(events(first)).containsExactlyElementsOf(views.subList(0, 2));
        assertThat(events(second)).containsExactlyElementsOf(views.subList(2, 5));

        first.destroy();
        assertThat(takeOver(second).emptied()).isEmpty();
        lookAfter(second);
        assertThat(takeOver(second).emptied()).containsExactly(id(first));
        assertThat(events(second)).containsExactlyInAnyOrderElementsOf(views);
        assertThat(filesIn("spool-1")).containsExactlyInAnyOrder("id", "in-use.lock");
    }

    @Test
    void aFolderThatCannotBeOpenedHidesNothingThatIsTakenOver() throws Exception {
        ViewSpool own = spool("spool", PLENTY);
        ViewSpool second = spool("spool", PLENTY);
        ViewSpool third = spool("spool", PLENTY);
        List<EncodedEvent> views = views(4);
        add(second, views.subList(0, 2));
        add(third, views.subList(2, 4));
        second.destroy();
        third.destroy();
        for (String name : List.of("spool-0", "spool-4", "spool-5")) { // whichever comes first
            Files.createDirectories(folder.resolve(name).resolve("in-use.lock"));
        }
        lookAfter(own);

        assertThat(events(own)).containsExactlyInAnyOrderElementsOf(views);
        assertThat(own.files().waitingCount()).isEqualTo(4);
    }

    /** Its lock must not be held meanwhile, or neither this process nor another one would send its views. */
    @Test
    void aFolderThatCannotBeReadNowIsClaimedLater() throws Exception {
        ViewSpool first = spool("spool", PLENTY);
        List<EncodedEvent> views = views(2);
        add(first, views);
        first.destroy();
        Path id = folder.resolve("spool-1").resolve("id");
        Path kept = Files.move(id, folder.resolve("kept"));
        Files.createDirectory(id);

        ViewSpool spool = spool("spool", PLENTY);
        assertThat(spool.trouble()).isNotNull();
        Files.delete(id);
        Files.move(kept, id);
        lookAfter(spool);
        assertThat(spool.trouble()).isNull();
        assertThat(id(spool)).isEqualTo(id(first));
        assertThat(events(spool)).containsExactlyElementsOf(views);
    }

    @Test
    void aFileThatCannotBeReadNowIsReadLater() throws Exception {
        ViewSpool first = spool("spool", PLENTY);
        List<EncodedEvent> views = views(2);
        add(first, views);
        first.destroy();
        Path file = filePathsIn("spool-1").get(0);
        Path kept = Files.move(file, folder.resolve("kept"));
        Files.createDirectory(file);

        ViewSpool spool = spool("spool", PLENTY);
        assertThat(events(spool)).isEmpty();
        assertThat(spool.files().isEmpty()).isFalse();
        assertThat(spool.files().waitingCount()).isEqualTo(1);
        Files.delete(file);
        Files.move(kept, file);
        assertThat(events(spool)).containsExactlyElementsOf(views);
        assertThat(spool.files().pendingCount()).isEqualTo(2);
    }

    @Test
    void whatCannotBeReadIsSetAsideAndTheOthersGoOn() throws Exception {
        ViewSpool spool = spool("spool", PLENTY);
        List<EncodedEvent> views = views(5);
        for (EncodedEvent view : views) {
            spool.add(view, null).block();
        }
        spool.completeCurrentFile();
        spool.destroy();
        Path file = filePathsIn("spool-1").get(0);
        byte[] bytes = Files.readAllBytes(file);
        int length = bytes.length / views.size();
        bytes[length + SpoolEntry.HEAD + 20]++; // the second: one letter
        bytes[3 * length]++; // the fourth: where it begins
        Files.write(file, bytes);

        ViewSpool next = spool("spool", PLENTY);
        assertThat(events(next)).containsExactly(views.get(0), views.get(2), views.get(4));
        assertThat(meters.counter("broadsheet.views.unreadable").count()).isEqualTo(2);
        SpoolFile damaged = next.files().open().get(0);
        next.files().sent(damaged, damaged.pending());
        next.files().delete(damaged);
        assertThat(filesIn("spool-1")).anyMatch(name -> name.endsWith(".unreadable"));
        assertThat(next.files().isEmpty()).isTrue();
    }

    @Test
    void whatAKillCutOffIsNoView() throws Exception {
        ViewSpool spool = spool("spool", PLENTY);
        List<EncodedEvent> views = views(2);
        add(spool, views);
        spool.destroy();
        Path file = filePathsIn("spool-1").get(0);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));

        assertThat(events(spool("spool", PLENTY))).containsExactly(views.get(0));
        assertThat(meters.counter("broadsheet.views.unreadable").count()).isZero();
    }

    @Test
    void aDiskThatWasFullIsUsedAgainByItself() throws Exception {
        ViewSpool spool = spool("spool", PLENTY);
        List<EncodedEvent> views = views(4);
        add(spool, views.subList(0, 2));

        diskIsFull = true;
        assertRefused(spool);
        assertRefused(spool);
        assertThat(new ViewSpoolHealth(spool).health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(String.valueOf(spool.trouble())).contains("No space left on device");
        assertThat(events(spool)).containsExactlyElementsOf(views.subList(0, 2));
        SpoolFile first = spool.files().open().get(0);
        spool.files().sent(first, first.pending().subList(0, 1)); // which needs no space
        lookAfter(spool);
        assertThat(spool.trouble()).isNotNull();

        diskIsFull = false;
        lookAfter(spool);
        assertThat(spool.trouble()).isNull();
        assertThat(new ViewSpoolHealth(spool).health().getStatus()).isEqualTo(Status.UP);
        add(spool, views.subList(2, 4));
        assertThat(events(reopened(spool, "spool"))).containsExactlyElementsOf(views.subList(1, 4));
    }

    /** Requests that were given up free their place with the sender, not what waits for the disk. */
    @Test
    void aDiskThatHangsHoldsABoundedNumberOfViews() throws Exception {
        var hangs = new AtomicBoolean(true);
        Append append = (file, bytes) -> {
            while (hangs.get()) {
                // a lock, and onSpinWait, would be an error on this thread
            }
            Append.TO_DISK.append(file, bytes);
        };
        var spool = new ViewSpool(
                new SendingProperties(folder.resolve("spool"), PLENTY, 10, true, Duration.ofSeconds(1)),
                InstantSource.fixed(NOW),
                meters,
                append);
        open.add(spool);
        for (EncodedEvent view : views(10)) {
            spool.add(view, null).subscribe().dispose();
        }
        assertRefused(spool);

        hangs.set(false);
        await().ignoreExceptionsInstanceOf(ProblemException.class).until(() -> {
            add(spool, List.of(view("another")));
            return true;
        });
        assertThat(spool.files().pendingCount()).isEqualTo(11);
    }

    private void assertRefused(ViewSpool spool) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> spool.add(view("refused"), null).block(Duration.ofSeconds(10)))
                .satisfies(e -> assertThat(e.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE));
    }

    private static void add(ViewSpool spool, List<EncodedEvent> views) {
        Flux.fromIterable(views)
                .flatMapSequential(view -> spool.add(view, null), PLENTY)
                .blockLast();
    }

    private static List<EncodedEvent> events(ViewSpool spool) throws IOException {
        return pending(spool).stream().map(view -> view.spooled().event()).toList();
    }

    private static List<Pending> pending(ViewSpool spool) throws IOException {
        spool.completeCurrentFile();
        List<Pending> all = new ArrayList<>();
        for (SpoolFile file : spool.files().open()) {
            all.addAll(file.pending());
        }
        return all;
    }

    private ViewSpool reopened(ViewSpool spool, String prefix) throws IOException {
        spool.destroy();
        return spool(prefix, PLENTY);
    }

    /** Its disk writes half of what it is given while it is full. */
    private ViewSpool spool(String prefix, int capacity) {
        Append append = (file, bytes) -> {
            if (diskIsFull) {
                file.write(bytes.slice(bytes.position(), bytes.remaining() / 2));
                throw new IOException("No space left on device");
            }
            Append.TO_DISK.append(file, bytes);
        };
        var properties = new SendingProperties(folder.resolve(prefix), capacity, PLENTY, true, Duration.ofSeconds(1));
        var spool = new ViewSpool(properties, InstantSource.fixed(NOW), meters, append);
        takeOvers.put(spool, new SpoolTakeOver(spool, properties, InstantSource.fixed(NOW)));
        spool.completeCurrentFile(); // it has its folder then
        open.add(spool);
        return spool;
    }

    private void lookAfter(ViewSpool spool) {
        spool.tryAgainAfterFailure();
        takeOver(spool).takeOver();
    }

    private SpoolTakeOver takeOver(ViewSpool spool) {
        return Objects.requireNonNull(takeOvers.get(spool));
    }

    private static String id(ViewSpool spool) {
        return Objects.requireNonNull(spool.folder()).id();
    }

    private List<String> filesIn(String name) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve(name))) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }

    private List<Path> filePathsIn(String name) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve(name))) {
            return all.filter(file -> file.toString().endsWith(SpoolFile.SUFFIX))
                    .toList();
        }
    }
}
