package broadsheet.faults;

import static broadsheet.faults.Fault.Harm.KILLED;
import static broadsheet.faults.Fault.Harm.PAUSED;
import static broadsheet.faults.Fault.Harm.STOPPED;

import broadsheet.testservers.process.Killable;
import java.util.List;

/** What goes wrong, with which process, and for how many seconds at least and at most before it is put right. */
enum Fault {
    KAFKA_KILLED(KILLED, 0, 4),
    KAFKA_PAUSED(PAUSED, 6, 9),
    MONGODB_KILLED(KILLED, 0, 4),
    MONGODB_PAUSED(PAUSED, 6, 9),
    ARTICLE_SERVICE_KILLED(KILLED, 0, 3),
    STATS_SERVICE_KILLED(KILLED, 0, 5),
    STATS_SERVICE_LEFT(STOPPED, 0, 5);

    /** At most one of these at a time. */
    static final List<Fault> OF_STORES = List.of(KAFKA_KILLED, KAFKA_PAUSED, MONGODB_KILLED, MONGODB_PAUSED);

    /** These also happen while a store is away. */
    static final List<Fault> OF_SERVICES = List.of(ARTICLE_SERVICE_KILLED, STATS_SERVICE_KILLED, STATS_SERVICE_LEFT);

    enum Harm {
        KILLED,
        STOPPED,
        PAUSED
    }

    private final Harm harm;
    private final int least;
    private final int most;

    Fault(Harm harm, int least, int most) {
        this.harm = harm;
        this.least = least;
        this.most = most;
    }

    int leastSeconds() {
        return least;
    }

    int mostSeconds() {
        return most;
    }

    boolean isPause() {
        return harm == PAUSED;
    }

    void begin(Killable process) {
        switch (harm) {
            case KILLED -> process.kill();
            case STOPPED -> process.stop();
            case PAUSED -> process.pause();
        }
    }

    void end(Killable process) {
        switch (harm) {
            case KILLED, STOPPED -> process.start();
            case PAUSED -> process.resume();
        }
    }
}
