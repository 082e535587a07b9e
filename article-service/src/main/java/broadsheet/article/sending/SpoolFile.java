package broadsheet.article.sending;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of the spool to which nothing is added any more. What was sent is marked in it, entry by entry, and synced; a
 * file of which all was sent is deleted. An entry that cannot be read, or that Kafka refuses for good, is set aside: the
 * file is kept under another name. One thread uses it.
 */
final class SpoolFile {

    static final String SUFFIX = ".views";
    private static final String SET_ASIDE_SUFFIX = ".unreadable";
    private static final Logger log = LoggerFactory.getLogger(SpoolFile.class);

    private final Path path;
    private final int unreadable;
    private int pending;
    private boolean keptAside;

    private SpoolFile(Path path) throws IOException {
        this.path = path;
        List<String> damages = new ArrayList<>();
        this.pending = read(damages).size();
        this.unreadable = damages.size();
        damages.forEach(damage -> log.error("The spool's file {} is kept, since {}", path, damage));
    }

    static SpoolFile open(Path path) throws IOException {
        return new SpoolFile(path);
    }

    Path path() {
        return path;
    }

    /** How many views have not been sent. */
    int pendingCount() {
        return pending;
    }

    /** How many of its entries could not be read. */
    int unreadableCount() {
        return unreadable;
    }

    /** A view that waits here, and where. */
    record Pending(long place, SpooledEvent spooled) {}

    List<Pending> pending() throws IOException {
        return read(new ArrayList<>());
    }

    /** Stores, before they are sent, that these may be in Kafka from now on. */
    void attempt(Collection<Pending> views, Instant now) throws IOException {
        write(views, view -> {
            Attempts before = view.spooled().attempts();
            return SpoolEntry.attempts(view.place(), before == null ? Attempts.at(now) : before.and(now));
        });
    }

    /** Stores that these, which Kafka refused for their time, count as received now; so do all copies sent from now on. */
    void redate(Collection<Pending> views, Instant now) throws IOException {
        write(views, view -> SpoolEntry.attempts(view.place(), Attempts.at(now)));
        write(views, view -> SpoolEntry.state(view.place(), SpoolEntry.REDATED));
    }

    void sent(Collection<Pending> views) throws IOException {
        write(views, view -> SpoolEntry.state(view.place(), SpoolEntry.SENT));
        pending -= views.size();
    }

    void setAside(Collection<Pending> views) throws IOException {
        write(views, view -> SpoolEntry.state(view.place(), SpoolEntry.SET_ASIDE));
        keptAside |= !views.isEmpty();
        pending -= views.size();
    }

    /** Ends this file, of which nothing is pending. */
    void delete() throws IOException {
        if (keptAside) {
            Files.move(path, path.resolveSibling(path.getFileName() + SET_ASIDE_SUFFIX), ATOMIC_MOVE);
        } else {
            Files.delete(path);
        }
    }

    private void write(Collection<Pending> views, Function<Pending, SpoolEntry.Write> change) throws IOException {
        if (views.isEmpty()) {
            return;
        }
        try (var file = FileChannel.open(path, WRITE)) {
            for (Pending view : views) {
                SpoolEntry.Write write = change.apply(view);
                file.write(write.bytes(), write.place());
            }
            file.force(false);
        }
    }

    /** What is no entry up to the end is what a dying process left; it was never acknowledged. */
    private List<Pending> read(List<String> damages) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path));
        List<Pending> found = new ArrayList<>();
        for (int place = next(file, 0, damages);
                place >= 0;
                place = next(file, place + SpoolEntry.length(file, place), damages)) {
            keptAside |= SpoolEntry.isSetAside(file, place);
            if (SpoolEntry.isPending(file, place)) {
                var spooled = SpoolEntry.read(file, place);
                if (spooled.isPresent()) {
                    found.add(new Pending(place, spooled.get()));
                } else {
                    keptAside = true;
                    damages.add("the entry at byte " + place + " cannot be read");
                }
            }
        }
        return found;
    }

    /** The place of the next entry from this one on, -1 where there is none. */
    private int next(ByteBuffer file, int place, List<String> damages) {
        for (int found = place; found <= file.limit() - SpoolEntry.HEAD; found++) {
            if (SpoolEntry.isAt(file, found)) {
                if (found > place) {
                    keptAside = true;
                    damages.add("the bytes " + place + " to " + found + " are no entry");
                }
                return found;
            }
        }
        return -1;
    }
}
