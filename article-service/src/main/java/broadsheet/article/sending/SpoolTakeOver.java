package broadsheet.article.sending;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import broadsheet.kafka.OutageLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes over what ended processes left: moves the files of each folder whose lock nobody holds into this instance's own,
 * holding that lock meanwhile, and empties the one file of version 0.1. Only the drain's thread calls it.
 */
@Component
class SpoolTakeOver {

    private static final Logger log = LoggerFactory.getLogger(SpoolTakeOver.class);

    private final Path prefix;
    private final ViewSpool spool;
    private final EarlierSpool earlier;
    private final OutageLog outage;

    /** An id comes here after the files of its spool are among those of this one. */
    private final Set<String> emptied = ConcurrentHashMap.newKeySet();

    SpoolTakeOver(ViewSpool spool, SendingProperties properties, InstantSource clock) {
        this.prefix = properties.spool().toAbsolutePath();
        this.spool = spool;
        this.earlier = new EarlierSpool(prefix, spool, clock);
        this.outage = new OutageLog(log, clock);
    }

    /** The ids of spools of ended processes, of which nothing is left and it has not been told. */
    Set<String> emptied() {
        return emptied;
    }

    /** Does nothing before the spool has its own folder; what fails is tried the next time. */
    void takeOver() {
        SpoolFolder own = spool.folder();
        if (own != null) {
            try {
                try {
                    takeOverFolders(own);
                } finally {
                    earlier.moveIntoSpool();
                }
                outage.recovered("What ended processes left in the spool can be taken over again");
            } catch (IOException | RuntimeException e) {
                outage.failed(
                        "What ended processes left in the spool {} cannot be taken over: {}", prefix, e.toString());
            }
        }
    }

    /**
     * A folder that cannot be read or moved holds up no other.
     *
     * @throws IOException the first of those that came, once all folders were tried
     */
    private void takeOverFolders(SpoolFolder own) throws IOException {
        IOException failure = null;
        for (Path other : others(own)) {
            try {
                takeOver(other, own);
            } catch (IOException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private List<Path> others(SpoolFolder own) throws IOException {
        String names = prefix.getFileName() + "-";
        List<Path> found = new ArrayList<>();
        try (var all = Files.newDirectoryStream(
                prefix.resolveSibling("."),
                other -> other.getFileName().toString().startsWith(names))) {
            for (Path other : all) {
                if (!own.is(other) && SpoolFolder.isOne(other)) {
                    found.add(other);
                }
            }
        }
        return found;
    }

    private void takeOver(Path other, SpoolFolder own) throws IOException {
        try (FileChannel othersLock = SpoolFolder.locked(other)) {
            if (othersLock != null) {
                List<Path> files = SpoolFolder.files(other);
                for (Path file : files) {
                    spool.files().add(Files.move(file, own.next(), ATOMIC_MOVE));
                }
                if (!files.isEmpty()) {
                    own.sync();
                    log.info("Took over {} files that an ended process left in the spool {}", files.size(), other);
                }
                emptied.add(SpoolFolder.id(other));
            }
        }
    }
}
