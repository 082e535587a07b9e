package broadsheet.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerException;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;
import org.h2.mvstore.MVStore;

/**
 * Runs commands against the store: reads beside each other, writes one at a time and on disk before they are answered.
 */
final class StoredBackend extends AbstractMongoBackend {

    private static final Set<String> READS = Set.of(
            "aggregate",
            "buildinfo",
            "collstats",
            "count",
            "dbstats",
            "distinct",
            "find",
            "getmore",
            "ismaster",
            "killcursors",
            "listcollections",
            "listdatabases",
            "listindexes",
            "ping",
            "serverstatus",
            "whatsmyuri");

    // space is used again only after the commit that freed it is on disk: commits wait for each other
    private static final int RETENTION_MILLIS = 2_000;
    private static final int TIDY_EVERY_SECONDS = 5;
    private static final int TIDY_BYTES = 4 << 20;
    private static final int FILL_PERCENT = 60;

    private final MVStore store;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final GroupCommit commits;
    private final ScheduledExecutorService housekeeping =
            Executors.newSingleThreadScheduledExecutor(StoredBackend::daemon);
    private long changes;
    private long tidied;

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the process or in close()
    StoredBackend(MVStore store) {
        this.store = store;
        store.setRetentionTime(RETENTION_MILLIS);
        this.commits = new GroupCommit(this::commit);
        StoredDatabase.names(store).forEach(this::resolveDatabase);
        housekeeping.scheduleWithFixedDelay(this::tidy, TIDY_EVERY_SECONDS, TIDY_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "mongo-housekeeping");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new StoredDatabase(name, store, getCursorRegistry());
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        if (command.equalsIgnoreCase("hello")) {
            return hello(super.handleCommand(channel, database, "ismaster", query));
        }
        return isRead(command, query)
                ? read(channel, database, command, query)
                : write(channel, database, command, query);
    }

    /** A store that closed itself, for want of disk for one, does not answer: who watches over it learns that here. */
    private Document hello(Document reply) {
        if (store.isClosed()) {
            throw new MongoServerException("the store has closed itself and must be opened again");
        }
        return reply.append("isWritablePrimary", true);
    }

    private Document read(Channel channel, String database, String command, Document query) {
        Lock shared = lock.readLock();
        shared.lock();
        try {
            return super.handleCommand(channel, database, command, query);
        } finally {
            shared.unlock();
        }
    }

    private Document write(Channel channel, String database, String command, Document query) {
        Document reply;
        long change;
        Lock exclusive = lock.writeLock();
        exclusive.lock();
        try {
            UnaryOperator<Document> run = part -> super.handleCommand(channel, database, command, part);
            reply = switch (command) {
                case "insert" -> BulkReplies.insert(query, run);
                case "update" -> BulkReplies.update(query, run);
                default -> run.apply(query);
            };
            change = ++changes;
        } finally {
            exclusive.unlock();
        }
        commits.await(change);
        return reply;
    }

    private static boolean isRead(String command, Document query) {
        String name = command.toLowerCase(Locale.ROOT);
        return READS.contains(name) && !(name.equals("aggregate") && writesItsResult(query));
    }

    private static boolean writesItsResult(Document query) {
        return query.get("pipeline") instanceof List<?> stages
                && stages.stream()
                        .anyMatch(stage -> stage instanceof Document document
                                && (document.containsKey("$out") || document.containsKey("$merge")));
    }

    /** No write runs meanwhile, so what is written never holds half of one; forcing it to disk needs no lock. */
    private long commit() {
        long covered;
        Lock exclusive = lock.writeLock();
        exclusive.lock();
        try {
            covered = changes;
            store.commit();
        } finally {
            exclusive.unlock();
        }
        store.sync();
        return covered;
    }

    /** Every commit writes to a new place: what is left of old ones is gathered, so that their space is used again. */
    private void tidy() {
        Lock exclusive = lock.writeLock();
        exclusive.lock();
        try {
            if (changes != tidied && !store.isClosed()) {
                store.compact(FILL_PERCENT, TIDY_BYTES);
                store.commit();
                tidied = changes;
            }
        } finally {
            exclusive.unlock();
        }
    }

    @Override
    public void close() {
        housekeeping.shutdownNow();
        super.close();
        store.close();
    }
}
