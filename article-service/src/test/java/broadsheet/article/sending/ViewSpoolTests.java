package broadsheet.article.sending;

import static broadsheet.article.sending.TestSpools.NOW;
import static broadsheet.article.sending.TestSpools.PLENTY;
import static broadsheet.article.sending.TestSpools.add;
import static broadsheet.article.sending.TestSpools.events;
import static broadsheet.article.sending.TestSpools.pending;
import static broadsheet.article.sending.ViewEvents.view;
import static broadsheet.article.sending.ViewEvents.views;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import broadsheet.article.sending.SpoolWriter.Append;
import broadsheet.events.EncodedEvent;
import broadsheet.web.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import org.springframework.http.HttpStatus;
import org.springframework.util.FileSystemUtils;

class ViewSpoolTests {

    @TempDir
    Path folder;

    private TestSpools spools;

    @BeforeEach
    void begin() {
        spools = new TestSpools(folder);
    }

    @AfterEach
    void close() throws IOException {
        spools.close();
    }

    @Test
    void whatIsAcknowledgedOutlivesAKill() throws Exception {
        List<EncodedEvent> views = views(200);
        add(spools.open("spool"), views);
        // what a killed process leaves is what is on disk at that moment
        FileSystemUtils.copyRecursively(folder.resolve("spool-1"), folder.resolve("left-1"));

        ViewSpool next = spools.open("left");
        assertThat(events(next)).containsExactlyInAnyOrderElementsOf(views);

        SpoolFile file = next.files().open().get(0);
        next.files().sent(file, file.pending().subList(0, 150));
        ViewSpool last = spools.reopened(next, "left");
        assertThat(events(last)).hasSize(50);
        add(last, List.of(view("another")));
        assertThat(events(last)).hasSize(51);
        assertThat(last.files().pendingCount()).isEqualTo(51);
    }

    @Test
    void aFileOfWhichAllWasSentIsDeleted() throws Exception {
        ViewSpool spool = spools.open("spool");
        add(spool, views(3));
        events(spool);
        SpoolFile file = spool.files().open().get(0);
        spool.files().sent(file, file.pending());
        spool.files().delete(file);

        assertThat(spool.files().isEmpty()).isTrue();
        assertThat(spools.filesIn("spool-1")).containsExactlyInAnyOrder("id", "in-use.lock");
    }

    @Test
    void attemptsAreStoredBeforeTheyAreMade() throws Exception {
        ViewSpool spool = spools.open("spool");
        spool.add(view("tried"), Attempts.at(NOW.minusSeconds(5))).block();
        spool.add(view("new"), null).block();
        assertThat(events(spool)).hasSize(2);
        SpoolFile file = spool.files().open().get(0);
        file.attempt(file.pending(), NOW);

        ViewSpool next = spools.reopened(spool, "spool");
        assertThat(pending(next))
                .extracting(
                        view -> view.spooled().event().key(),
                        view -> view.spooled().attempts())
                .containsExactly(
                        tuple("tried", new Attempts(NOW.minusSeconds(5), NOW)), tuple("new", Attempts.at(NOW)));
        assertThat(pending(next)).extracting(view -> view.spooled().spooledAt()).containsOnly(NOW);
    }

    @Test
    void aFullSpoolTakesNoMore() throws Exception {
        ViewSpool spool = spools.open("spool", 2);
        add(spool, views(2));
        assertRefused(spool);

        events(spool);
        SpoolFile file = spool.files().open().get(0);
        spool.files().sent(file, file.pending().subList(0, 1));
        add(spool, views(1));
        assertThat(events(spool)).hasSize(2);
    }

    @Test
    void aFileThatCannotBeReadNowIsReadLater() throws Exception {
        ViewSpool first = spools.open("spool");
        List<EncodedEvent> views = views(2);
        add(first, views);
        first.destroy();
        Path file = spools.fileIn("spool-1");
        Path kept = Files.move(file, folder.resolve("kept"));
        Files.createDirectory(file);

        ViewSpool spool = spools.open("spool");
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
        ViewSpool spool = spools.open("spool");
        List<EncodedEvent> views = views(5);
        for (EncodedEvent view : views) {
            spool.add(view, null).block();
        }
        spool.completeCurrentFile();
        spool.destroy();
        Path file = spools.fileIn("spool-1");
        byte[] bytes = Files.readAllBytes(file);
        int length = bytes.length / views.size();
        bytes[length + SpoolEntry.HEAD + 20]++; // the second: one letter
        bytes[3 * length]++; // the fourth: where it begins
        Files.write(file, bytes);

        ViewSpool next = spools.open("spool");
        assertThat(events(next)).containsExactly(views.get(0), views.get(2), views.get(4));
        assertThat(spools.meters.counter("broadsheet.views.unreadable").count()).isEqualTo(2);
        SpoolFile damaged = next.files().open().get(0);
        next.files().sent(damaged, damaged.pending());
        next.files().delete(damaged);
        assertThat(spools.filesIn("spool-1")).anyMatch(name -> name.endsWith(".unreadable"));
        assertThat(next.files().isEmpty()).isTrue();
    }

    @Test
    void whatAKillCutOffIsNoView() throws Exception {
        ViewSpool spool = spools.open("spool");
        List<EncodedEvent> views = views(2);
        add(spool, views);
        spool.destroy();
        Path file = spools.fileIn("spool-1");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));

        assertThat(events(spools.open("spool"))).containsExactly(views.get(0));
        assertThat(spools.meters.counter("broadsheet.views.unreadable").count()).isZero();
    }

    @Test
    void aDiskThatWasFullIsUsedAgainByItself() throws Exception {
        ViewSpool spool = spools.open("spool");
        List<EncodedEvent> views = views(4);
        add(spool, views.subList(0, 2));

        spools.diskIsFull = true;
        assertRefused(spool);
        assertRefused(spool);
        assertThat(new ViewSpoolHealth(spool).health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(String.valueOf(spool.trouble())).contains("No space left on device");
        assertThat(events(spool)).containsExactlyElementsOf(views.subList(0, 2));
        SpoolFile first = spool.files().open().get(0);
        spool.files().sent(first, first.pending().subList(0, 1)); // which needs no space
        spools.lookAfter(spool);
        assertThat(spool.trouble()).isNotNull();

        spools.diskIsFull = false;
        spools.lookAfter(spool);
        assertThat(spool.trouble()).isNull();
        assertThat(new ViewSpoolHealth(spool).health().getStatus()).isEqualTo(Status.UP);
        add(spool, views.subList(2, 4));
        assertThat(events(spools.reopened(spool, "spool"))).containsExactlyElementsOf(views.subList(1, 4));
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
        var spool = spools.open("spool", PLENTY, 10, append);
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

    /** As where memory runs out: whoever waits is told, and what was refused is not sent. */
    @Test
    void viewsAreRefusedWhereStoringThemEndsInAnError() throws Exception {
        var fails = new AtomicBoolean(true);
        ViewSpool spool = spools.open("spool", PLENTY, PLENTY, (file, bytes) -> {
            Append.TO_DISK.append(file, bytes);
            if (fails.get()) {
                throw new OutOfMemoryError("Java heap space");
            }
        });
        assertRefused(spool);
        assertThat(spool.trouble()).contains("Java heap space");

        fails.set(false);
        List<EncodedEvent> views = views(2);
        add(spool, views);
        assertThat(events(spool)).containsExactlyElementsOf(views);
    }

    private void assertRefused(ViewSpool spool) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> spool.add(view("refused"), null).block(Duration.ofSeconds(10)))
                .satisfies(e -> assertThat(e.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE));
    }
}
