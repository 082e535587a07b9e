package broadsheet.article.imports.picture;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;

/** The files of a zip archive by their names, read from where they lie; opened with the first that is asked for. */
final class PictureArchive implements AutoCloseable {

    /** The JDK keeps the whole directory in memory. */
    private static final long MOST_OF_DIRECTORY = 32L << 20;

    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int DIRECTORY_LENGTH = 12;
    private static final int CHUNK = 1 << 14;

    private final Path file;
    private @Nullable ZipFile archive;

    PictureArchive(Path file) {
        this.file = file;
    }

    /** The first of these names that there is a file of; blocks. */
    @Nullable String first(Stream<String> names) throws IOException {
        ZipFile opened = archive();
        return names.filter(name -> {
                    ZipEntry entry = opened.getEntry(name);
                    return entry != null && !entry.isDirectory();
                })
                .findFirst()
                .orElse(null);
    }

    /** A file as it is read; subscribed where a thread may wait. */
    Flux<DataBuffer> content(String name) {
        return DataBufferUtils.readInputStream(
                () -> {
                    ZipFile opened = archive();
                    return opened.getInputStream(opened.getEntry(name));
                },
                DefaultDataBufferFactory.sharedInstance,
                CHUNK);
    }

    private synchronized ZipFile archive() throws IOException {
        ZipFile opened = archive;
        if (opened == null) {
            if (lengthOfDirectory() > MOST_OF_DIRECTORY) {
                throw new IOException("The archive has too many files");
            }
            opened = new ZipFile(file.toFile());
            archive = opened;
        }
        return opened;
    }

    /** As the end of the archive says it (APPNOTE 4.3.16); larger ones have 0xFFFFFFFF there. */
    private long lengthOfDirectory() throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "r")) {
            var tail = new byte[(int) Math.min(bytes.length(), END_LENGTH + LONGEST_COMMENT)];
            bytes.seek(bytes.length() - tail.length);
            bytes.readFully(tail);
            ByteBuffer end = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = tail.length - END_LENGTH; at >= 0; at--) {
                if (end.getInt(at) == END_SIGNATURE) {
                    return Integer.toUnsignedLong(end.getInt(at + DIRECTORY_LENGTH));
                }
            }
        }
        throw new IOException("The archive has no end");
    }

    @Override
    public synchronized void close() throws IOException {
        if (archive != null) {
            archive.close();
        }
    }
}
