package broadsheet.article.search;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import org.apache.lucene.store.AlreadyClosedException;
import org.springframework.stereotype.Component;

/** How large the index of this instance is; NaN while it has none open. */
@Component
class SearchMetrics {

    SearchMetrics(CurrentIndex index, MeterRegistry meters) {
        Gauge.builder("broadsheet.search.articles", () -> of(index, SearchIndex::articles))
                .description("Articles in the search index")
                .register(meters);
        Gauge.builder("broadsheet.search.size", () -> of(index, SearchIndex::bytes))
                .baseUnit("bytes")
                .description("Of the search index on disk")
                .register(meters);
    }

    private static double of(CurrentIndex index, Size size) {
        try {
            return index.isOpen() ? size.of(index.get()) : Double.NaN;
        } catch (IOException | AlreadyClosedException | SearchUnavailable e) {
            return Double.NaN; // it is being closed, or made anew
        }
    }

    @FunctionalInterface
    private interface Size {
        double of(SearchIndex index) throws IOException;
    }
}
