package broadsheet.article.sending;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one instance: the first of {@code views.spool-1}, {@code -2}, … that no living process holds. The lock ends
 * with its process; what such a process left is taken over by another instance.
 */
final class SpoolFolder implements AutoCloseable {

    private static final String LOCK = "in-use.lock";
    private static final String ID = "id";
    private static final int MOST_INSTANCES = 1_000;
    private static final Logger log = LoggerFactory.getLogger(SpoolFolder.class);

    private final Path prefix;
    private final Path folder;
    private final FileChannel lock;
    private final String id;
    private final List<Path> found;
    private long lastNumber;

    private SpoolFolder(Path prefix, Path folder, FileChannel lock) throws IOException {
        this.prefix = prefix;
        this.folder = folder;
        this.lock = lock;
        this.id = id(folder);
        this.found = files(folder);
        for (Path file : found) {
            lastNumber = Math.max(lastNumber, number(file));
        }
    }

    static SpoolFolder claim(Path prefix) throws IOException {
        for (int number = 1; number <= MOST_INSTANCES; number++) {
            Path folder = Path.of(prefix + "-" + number);
            Files.createDirectories(folder);
            FileChannel lock = locked(folder);
            if (lock != null) {
                return claimed(prefix, folder, lock);
            }
        }
        throw new IOException("All folders " + prefix + "-1 to -" + MOST_INSTANCES + " are in use");
    }

    private static SpoolFolder claimed(Path prefix, Path folder, FileChannel lock) throws IOException {
        try {
            return new SpoolFolder(prefix, folder, lock);
        } catch (IOException | RuntimeException e) {
            lock.close(); // or the next try would take another folder, and nobody this one
            throw e;
        }
    }

    /** What this spool is called wherever its folder is mounted. */
    String id() {
        return id;
    }

    private static String id(Path folder) throws IOException {
        Path file = folder.resolve(ID);
        if (Files.notExists(file)) {
            Path whole = Files.writeString(
                    folder.resolve(ID + ".new"), UUID.randomUUID().toString());
            Files.move(whole, file, ATOMIC_MOVE);
        }
        return Files.readString(file);
    }

    /** The files that were here when it was claimed, oldest first. */
    List<Path> found() {
        return found;
    }

    /** Where the next file goes. */
    synchronized Path next() {
        return folder.resolve("%012d%s".formatted(++lastNumber, SpoolFile.SUFFIX));
    }

    /**
     * Moves what ended processes left into this folder. A folder that cannot be read or moved holds up no other.
     *
     * @param taken gets each file as soon as it is here
     * @param emptied gets the ids of their spools, which are empty now
     * @throws IOException the first of those that came, once all folders were tried
     */
    void takeOver(Consumer<Path> taken, Consumer<String> emptied) throws IOException {
        IOException failure = null;
        for (Path other : others()) {
            try {
                takeOver(other, taken, emptied);
            } catch (IOException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private List<Path> others() throws IOException {
        String names = prefix.getFileName() + "-";
        List<Path> found = new ArrayList<>();
        try (var all = Files.newDirectoryStream(
                folder.resolveSibling("."),
                other -> other.getFileName().toString().startsWith(names))) {
            for (Path other : all) {
                if (!other.getFileName().equals(folder.getFileName()) && Files.exists(other.resolve(LOCK))) {
                    found.add(other);
                }
            }
        }
        return found;
    }

    private void takeOver(Path other, Consumer<Path> taken, Consumer<String> emptied) throws IOException {
        try (FileChannel othersLock = locked(other)) {
            if (othersLock != null) {
                List<Path> files = files(other);
                for (Path file : files) {
                    taken.accept(Files.move(file, next(), ATOMIC_MOVE));
                }
                if (!files.isEmpty()) {
                    sync(folder);
                    log.info("Took over {} files that an ended process left in the spool {}", files.size(), other);
                }
                emptied.accept(id(other));
            }
        }
    }

    /** So that the names of new files outlive a loss of power. */
    void sync() throws IOException {
        sync(folder);
    }

    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }

    private static @Nullable FileChannel locked(Path folder) throws IOException {
        FileChannel file = FileChannel.open(folder.resolve(LOCK), CREATE, WRITE);
        try {
            if (file.tryLock() != null) {
                return file;
            }
        } catch (OverlappingFileLockException e) {
            // held by this process
        }
        file.close();
        return null;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(SpoolFile.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private static long number(Path file) {
        String name = file.getFileName().toString();
        try {
            return Long.parseLong(name.substring(0, name.length() - SpoolFile.SUFFIX.length()));
        } catch (NumberFormatException e) {
            return 0; // not one of ours
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
