package broadsheet.article.sending;

import broadsheet.article.sending.SpoolWriter.Append;
import broadsheet.kafka.OutageLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file of the spool to which views are added now: once it is long, or after a failure, the next one in this instance's
 * folder. A new file's name is synced before anything is added. One thread uses it; any may ask for the folder.
 */
final class CurrentSpoolFile implements AutoCloseable {

    private static final int MOST_BYTES = 4 << 20;
    private static final int TRIAL_BYTES = 1 << 16;

    private final Path prefix;
    private final Append append;
    private final SpoolFiles files;
    private final OutageLog outage;
    private volatile @Nullable SpoolFolder folder;
    private @Nullable SpoolWriter writer;

    /**
     * @param files get each file to which nothing is added any more
     * @param outage is told of a file that cannot be closed
     */
    CurrentSpoolFile(Path prefix, Append append, SpoolFiles files, OutageLog outage) {
        this.prefix = prefix;
        this.append = append;
        this.files = files;
        this.outage = outage;
    }

    /** This instance's folder; null before it is open. What was found in it is among the files by then. */
    @Nullable SpoolFolder folder() {
        return folder;
    }

    /** The views are on disk after this; where it fails, none of them is to be sent, and the file is to be completed. */
    void add(ByteBuffer entries, int count) throws IOException {
        if (writer == null) {
            SpoolFolder own = openFolder();
            writer = new SpoolWriter(own.next(), append);
            own.sync();
        }
        writer.add(entries, count);
    }

    void completeIfLong() {
        if (writer != null && writer.length() > MOST_BYTES) {
            complete();
        }
    }

    /** Nothing is added any more to what is current now. */
    void complete() {
        SpoolWriter done = writer;
        if (done != null) {
            writer = null;
            if (done.count() > 0) {
                files.add(done.path(), done.count());
            }
            try {
                done.close();
            } catch (IOException e) {
                outage.failed("The spool's file {} cannot be closed: {}", done.path(), e.toString());
            }
        }
    }

    /** Opens the folder and writes what a few views would take, to a file that is deleted. */
    void tryToWrite() throws IOException {
        try (var trial = new SpoolWriter(openFolder().next(), append)) {
            trial.add(ByteBuffer.allocate(TRIAL_BYTES), 0);
        }
    }

    private SpoolFolder openFolder() throws IOException {
        SpoolFolder own = folder;
        if (own == null) {
            own = SpoolFolder.claim(prefix);
            own.found().forEach(files::add);
            folder = own;
        }
        return own;
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
        if (folder != null) {
            folder.close();
        }
    }
}
