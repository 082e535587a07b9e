package broadsheet.embedded;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * A server on 127.0.0.1 that speaks MongoDB's protocol, with its data in one file.
 *
 * <p>A write is on disk before it is answered: it survives the death of the process and the loss of power.
 * There is no authentication, no partial unique index, no ordered list of updates, no transaction, no TTL expiry, no text search and no change stream.
 */
public final class EmbeddedMongo implements AutoCloseable {

    private static final int CACHE_MEGABYTES = 32;
    // a connection's writes wait for the disk on its thread
    private static final int THREADS = 32;

    private final MongoServer server;
    private final InetSocketAddress address;

    private EmbeddedMongo(MVStore store, int port) {
        server = new MongoServer(new DurableBackend(store));
        server.bind(FreePorts.address(port), 1, THREADS);
        address = server.getLocalAddress();
    }

    /**
     * Opens the file, which is created if need be, and serves it.
     *
     * @throws EmbeddedServerException if the file cannot be written, is in use or is damaged
     */
    public static EmbeddedMongo open(Path file) {
        return open(file, 0);
    }

    /** The same on a port of one's choice, which clients still know after a restart. */
    public static EmbeddedMongo open(Path file, int port) {
        return new EmbeddedMongo(openStore(file.toAbsolutePath().normalize()), port);
    }

    public String connectionString(String database) {
        return "mongodb://%s:%d/%s".formatted(FreePorts.HOST, address.getPort(), database);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static MVStore openStore(Path file) {
        try {
            Files.createDirectories(file.getParent());
            if (Files.exists(file) && !Files.isWritable(file)) {
                throw new EmbeddedServerException("The file %s cannot be written.".formatted(file));
            }
            return new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .autoCommitBufferSize(0)
                    .cacheSize(CACHE_MEGABYTES)
                    .open();
        } catch (MVStoreException e) {
            throw new EmbeddedServerException(explain(file, e.getErrorCode()), e);
        } catch (IOException e) {
            throw new EmbeddedServerException("The file %s cannot be written.".formatted(file), e);
        }
    }

    private static String explain(Path file, int error) {
        return switch (error) {
            case DataUtils.ERROR_FILE_LOCKED -> "The file %s is in use by another process.".formatted(file);
            case DataUtils.ERROR_READING_FAILED, DataUtils.ERROR_WRITING_FAILED ->
                "The file %s cannot be written.".formatted(file);
            default -> "The file %s is damaged or not a store of this server.".formatted(file);
        };
    }
}
