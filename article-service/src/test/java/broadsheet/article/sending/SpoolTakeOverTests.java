package broadsheet.article.sending;

import static broadsheet.article.sending.TestSpools.NOW;
import static broadsheet.article.sending.TestSpools.add;
import static broadsheet.article.sending.TestSpools.events;
import static broadsheet.article.sending.TestSpools.id;
import static broadsheet.article.sending.TestSpools.pending;
import static broadsheet.article.sending.ViewEvents.views;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.EncodedEvent;
import broadsheet.events.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTakeOverTests {

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
    void eachInstanceHasAFolderAndWhatAnEndedOneLeftIsTakenOver() throws Exception {
        ViewSpool first = spools.open("spool");
        ViewSpool second = spools.open("spool");
        List<EncodedEvent> views = views(5);
        add(first, views.subList(0, 2));
        add(second, views.subList(2, 5));
        spools.lookAfter(first);
        spools.lookAfter(second);
        assertThat(events(first)).containsExactlyElementsOf(views.subList(0, 2));
        assertThat(events(second)).containsExactlyElementsOf(views.subList(2, 5));

        first.destroy();
        assertThat(spools.emptied(second)).isEmpty();
        spools.lookAfter(second);
        assertThat(spools.emptied(second)).containsExactly(id(first));
        assertThat(events(second)).containsExactlyInAnyOrderElementsOf(views);
        assertThat(spools.filesIn("spool-1")).containsExactlyInAnyOrder("id", "in-use.lock");
    }

    @Test
    void aFolderThatCannotBeOpenedHidesNothingThatIsTakenOver() throws Exception {
        ViewSpool own = spools.open("spool");
        ViewSpool second = spools.open("spool");
        ViewSpool third = spools.open("spool");
        List<EncodedEvent> views = views(4);
        add(second, views.subList(0, 2));
        add(third, views.subList(2, 4));
        second.destroy();
        third.destroy();
        for (String name : List.of("spool-0", "spool-4", "spool-5")) { // whichever comes first
            Files.createDirectories(folder.resolve(name).resolve("in-use.lock"));
        }
        spools.lookAfter(own);

        assertThat(events(own)).containsExactlyInAnyOrderElementsOf(views);
        assertThat(own.files().waitingCount()).isEqualTo(4);
    }

    /** Its lock must not be held meanwhile, or neither this process nor another one would send its views. */
    @Test
    void aFolderThatCannotBeReadNowIsClaimedLater() throws Exception {
        ViewSpool first = spools.open("spool");
        List<EncodedEvent> views = views(2);
        add(first, views);
        first.destroy();
        Path id = folder.resolve("spool-1").resolve("id");
        Path kept = Files.move(id, folder.resolve("kept"));
        Files.createDirectory(id);

        ViewSpool spool = spools.open("spool");
        assertThat(spool.trouble()).isNotNull();
        Files.delete(id);
        Files.move(kept, id);
        spools.lookAfter(spool);
        assertThat(spool.trouble()).isNull();
        assertThat(id(spool)).isEqualTo(id(first));
        assertThat(events(spool)).containsExactlyElementsOf(views);
    }

    /** The file is as the code of version 0.1 wrote it. */
    @Test
    void viewsOfAnEarlierVersionAreSentAfterAnUpgrade() throws Exception {
        try (var file = Objects.requireNonNull(getClass().getResourceAsStream("views-0.1.spool"))) {
            Files.copy(file, folder.resolve("spool"));
        }
        ViewSpool spool = spools.open("spool", 10);
        spools.lookAfter(spool);

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
        ViewSpool spool = spools.open("spool", 10);
        spools.diskIsFull = true;
        spools.lookAfter(spool);
        assertThat(folder.resolve("spool")).exists();
        spools.diskIsFull = false;
        spools.lookAfter(spool);

        assertThat(events(spool)).hasSize(3);
        assertThat(folder.resolve("spool")).doesNotExist();
    }
}
