package broadsheet.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Holds a folder for one process, by a lock on a file in it; the operating system lets go when the process ends. */
final class FolderLock implements AutoCloseable {

    private static final String FILE = "in-use.lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static FolderLock hold(Path folder) {
        FileChannel channel;
        try {
            Files.createDirectories(folder);
            channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new EmbeddedServerException("The folder %s cannot be written.".formatted(folder), e);
        }
        if (!lock(channel)) {
            close(channel);
            throw new EmbeddedServerException("The folder %s is in use by another process.".formatted(folder));
        }
        return new FolderLock(channel);
    }

    private static boolean lock(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EmbeddedServerException("A lock file cannot be closed.", e);
        }
    }

    @Override
    public void close() {
        close(channel);
    }
}
