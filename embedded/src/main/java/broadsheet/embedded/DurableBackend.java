package broadsheet.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import io.netty.channel.Channel;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.MVStore;

/**
 * Runs commands against the store: reads beside each other, writes one at a time and on disk before they are answered.
 */
final class DurableBackend extends AbstractMongoBackend {

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

    private static final int COMMAND_NOT_SUPPORTED = 115;

    // space is used again only after the commit that freed it is on disk: commits wait for each other
    private static final int RETENTION_MILLIS = 2_000;
    private static final int TIDY_EVERY_SECONDS = 5;
    private static final int TIDY_BYTES = 4 << 20;
    private static final int FILL_PERCENT = 60;

    private final MVStore store;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Object commits = new Object();
    private final ScheduledExecutorService housekeeping =
            Executors.newSingleThreadScheduledExecutor(DurableBackend::daemon);
    private long changes;
    private long durable;
    private long tidied;

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the process or in close()
    DurableBackend(MVStore store) {
        this.store = store;
        store.setRetentionTime(RETENTION_MILLIS);
        EarlierLayout.convert(store);
        IndexBuilds.removeUnfinished(store);
        IndexedDatabase.names(store).forEach(this::resolveDatabase);
        housekeeping.scheduleWithFixedDelay(this::tidy, TIDY_EVERY_SECONDS, TIDY_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "mongo-housekeeping");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new IndexedDatabase(name, store, getCursorRegistry());
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        if (command.equalsIgnoreCase("hello")) {
            return hello(super.handleCommand(channel, database, "ismaster", query));
        }
        Supplier<Document> run = () -> super.handleCommand(channel, database, command, query);
        return isRead(command, query) ? locked(lock.readLock(), run) : write(command, query, run);
    }

    private Document write(String command, Document query, Supplier<Document> run) {
        requireUnordered(command, query);
        long[] change = {0};
        Document reply = locked(lock.writeLock(), () -> {
            Document written = run.get();
            change[0] = ++changes;
            return written;
        });
        makeDurable(change[0]);
        return reply;
    }

    /** One after another; whose change was made durable with those of an earlier one has nothing left to do. */
    private void makeDurable(long change) {
        synchronized (commits) {
            if (durable < change) {
                // no write runs meanwhile, so what is written never holds half of one; forcing it to disk needs no lock
                long covered = locked(lock.writeLock(), () -> {
                    store.commit();
                    return changes;
                });
                store.sync();
                durable = covered;
            }
        }
    }

    /** The server below goes on after an error in a list of updates, which only an unordered one may. */
    private static void requireUnordered(String command, Document query) {
        if (command.equals("update")
                && ((Collection<?>) query.getOrDefault("updates", List.of())).size() > 1
                && Utils.isTrue(query.getOrDefault("ordered", true))) {
            throw new MongoServerError(COMMAND_NOT_SUPPORTED, "Several updates in one command must be unordered here.");
        }
    }

    private static <T> T locked(Lock lock, Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** A store that closed itself, for want of disk for one, does not answer: who watches over it learns that here. */
    private Document hello(Document reply) {
        if (store.isClosed()) {
            throw new MongoServerException("the store has closed itself and must be opened again");
        }
        return reply.append("isWritablePrimary", true);
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

    /** Every commit writes to a new place: what is left of old ones is gathered, so that their space is used again. */
    private void tidy() {
        locked(lock.writeLock(), () -> {
            if (changes != tidied && !store.isClosed()) {
                store.compact(FILL_PERCENT, TIDY_BYTES);
                store.commit();
                tidied = changes;
            }
            return true;
        });
    }

    @Override
    public void close() {
        housekeeping.shutdownNow();
        super.close();
        store.close();
    }
}
