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
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one instance: the first of {@code views.spool-1}, {@code -2}, … that no living process holds. It is locked
 * before anything in it is read, until it is closed or its process ends; then {@link SpoolTakeOver} of another instance
 * empties it. Any thread may ask for the next file's place, and gets one that no other got.
 */
final class SpoolFolder implements AutoCloseable {

    private static final String LOCK = "in-use.lock";
    private static final String ID = "id";
    private static final int MOST_INSTANCES = 1_000;

    private final Path folder;
    private final FileChannel lock;
    private final String id;
    private final List<Path> found;
    private long lastNumber;

    private SpoolFolder(Path folder, FileChannel lock) throws IOException {
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
                return claimed(folder, lock);
            }
        }
        throw new IOException("All folders " + prefix + "-1 to -" + MOST_INSTANCES + " are in use");
    }

    private static SpoolFolder claimed(Path folder, FileChannel lock) throws IOException {
        try {
            return new SpoolFolder(folder, lock);
        } catch (IOException | RuntimeException e) {
            lock.close(); // or the next try would take another folder, and nobody this one
            throw e;
        }
    }

    /** What this spool is called wherever its folder is mounted. */
    String id() {
        return id;
    }

    /** The id of the spool in that folder, made where there is none. */
    static String id(Path folder) throws IOException {
        Path file = folder.resolve(ID);
        if (Files.notExists(file)) {
            Path whole = Files.writeString(
                    folder.resolve(ID + ".new"), UUID.randomUUID().toString());
            Files.move(whole, file, ATOMIC_MOVE);
        }
        return Files.readString(file);
    }

    boolean is(Path other) {
        return folder.getFileName().equals(other.getFileName());
    }

    /** Whether an instance has ever claimed it. */
    static boolean isOne(Path other) {
        return Files.exists(other.resolve(LOCK));
    }

    /** The files that were here when it was claimed, oldest first. */
    List<Path> found() {
        return found;
    }

    /** Where the next file goes. */
    synchronized Path next() {
        return folder.resolve("%012d%s".formatted(++lastNumber, SpoolFile.SUFFIX));
    }

    /** So that the names of new files outlive a loss of power. */
    void sync() throws IOException {
        try (var channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }

    /** The lock of that folder until it is closed; null where a process has it. */
    static @Nullable FileChannel locked(Path folder) throws IOException {
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

    /** The files in that folder, oldest first. */
    static List<Path> files(Path folder) throws IOException {
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
