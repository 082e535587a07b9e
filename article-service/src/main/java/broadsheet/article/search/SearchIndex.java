package broadsheet.article.search;

import broadsheet.article.workflow.Article;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NIOFSDirectory;
import org.jspecify.annotations.Nullable;

/**
 * One Lucene index on disk that this instance alone has open; any thread may use it. Of one article the newest version
 * stays, in whatever order they come.
 */
final class SearchIndex implements AutoCloseable {

    private static final double WRITE_BUFFER_MB = 16;
    private static final Duration VERSIONS_KNOWN = Duration.ofMinutes(10);
    private static final int MOST_VERSIONS = 10_000;

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final Cache<String, Long> versions = Caffeine.newBuilder()
            .expireAfterWrite(VERSIONS_KNOWN)
            .maximumSize(MOST_VERSIONS)
            .build();

    private SearchIndex(Directory directory, IndexWriter writer) throws IOException {
        this.directory = directory;
        this.writer = writer;
        this.searchers = new SearcherManager(writer, new SearcherFactory() {
            @Override
            public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader before) {
                var searcher = new IndexSearcher(reader);
                searcher.setSimilarity(new StableSimilarity());
                return searcher;
            }
        });
    }

    /**
     * Opens what is there, or an empty one.
     *
     * @throws org.apache.lucene.store.LockObtainFailedException where another one has it open
     */
    static SearchIndex open(Path folder, Analyzer analyzer) throws IOException {
        Directory directory = new NIOFSDirectory(folder); // what is mapped would count as the service's memory
        try {
            var config = new IndexWriterConfig(analyzer)
                    .setSimilarity(new StableSimilarity())
                    .setRAMBufferSizeMB(WRITE_BUFFER_MB)
                    .setCommitOnClose(false);
            return new SearchIndex(directory, new IndexWriter(directory, config));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Null where it is new, or of another release. */
    @Nullable IndexProgress committed() {
        var data = new HashMap<String, String>();
        Iterable<Map.Entry<String, String>> entries = writer.getLiveCommitData();
        if (entries != null) {
            entries.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        }
        return IndexProgress.ofCommit(data);
    }

    /** Puts an article into it, unless that version or a newer one is known to be in it. */
    void put(Article article) {
        versions.asMap()
                .compute(
                        article.id(),
                        (id, known) -> known != null && known >= article.version() ? known : written(article));
    }

    private Long written(Article article) {
        try {
            writer.updateDocument(new Term(IndexField.ID, article.id()), IndexedArticle.of(article));
            return article.version();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove(String id) throws IOException {
        writer.deleteDocuments(new Term(IndexField.ID, id));
    }

    void removeAll() throws IOException {
        writer.deleteAll();
    }

    /** Lets searches find what was put. */
    void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    void commit(IndexProgress progress) throws IOException {
        writer.setLiveCommitData(progress.toCommit().entrySet());
        writer.commit();
    }

    int articles() {
        return writer.getDocStats().numDocs;
    }

    /** Of its files. */
    long bytes() throws IOException {
        long bytes = 0;
        for (String file : directory.listAll()) {
            bytes += directory.fileLength(file);
        }
        return bytes;
    }

    <T> T search(Search<T> search) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            return search.in(searcher);
        } finally {
            searchers.release(searcher);
        }
    }

    /** What is asked of one state of the index. */
    @FunctionalInterface
    interface Search<T> {
        T in(IndexSearcher searcher) throws IOException;
    }

    /** Without a commit: what was put since the last one is read again. */
    @Override
    public void close() throws IOException {
        try (directory) {
            searchers.close();
            writer.close();
        }
    }
}
