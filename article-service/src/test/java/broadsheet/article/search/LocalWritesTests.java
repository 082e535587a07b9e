package broadsheet.article.search;

import static broadsheet.article.search.TestArticles.draft;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.scheduler.VirtualTimeScheduler;

class LocalWritesTests {

    @Test
    void aWriteThatIsNotTakenIsNotWaitedFor(@TempDir Path folder) {
        var properties = new SearchProperties(folder, 1, 1, Duration.ofSeconds(5), Duration.ofSeconds(10));
        var writes = new LocalWrites(new CurrentIndex(properties, new SearchAnalyzer()));
        writes.destroy();
        writes.written(draft(1, "Title", "Body"));
        VirtualTimeScheduler.getOrSet(); // no time passes
        try {
            assertThat(writes.found().thenReturn(true).toFuture()).isCompletedWithValue(true);
        } finally {
            VirtualTimeScheduler.reset();
        }
    }
}
