package broadsheet.article.sending;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Adds entries to a new file of the spool. An addition that fails leaves nothing, and nothing more is added after it. */
final class SpoolWriter implements AutoCloseable {

    private final Path path;
    private final FileChannel file;
    private final Append append;
    private long length;
    private int count;

    /** Writes all bytes at the end of the file and syncs them. */
    interface Append {
        Append TO_DISK = (file, bytes) -> {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        };

        void append(FileChannel file, ByteBuffer bytes) throws IOException;
    }

    SpoolWriter(Path path, Append append) throws IOException {
        this.path = path;
        this.file = FileChannel.open(path, CREATE_NEW, WRITE);
        this.append = append;
    }

    void add(ByteBuffer entries, int entryCount) throws IOException {
        int bytes = entries.remaining();
        try {
            append.append(file, entries);
        } catch (IOException | RuntimeException | Error e) {
            file.truncate(length);
            throw e;
        }
        length += bytes;
        count += entryCount;
    }

    Path path() {
        return path;
    }

    long length() {
        return length;
    }

    int count() {
        return count;
    }

    /** An empty file goes. */
    @Override
    public void close() throws IOException {
        file.close();
        if (count == 0) {
            Files.deleteIfExists(path);
        }
    }
}
