package broadsheet.stats.classification;

import com.dynatrace.hash4j.hashing.Hashing;
import java.time.Duration;
import java.time.Instant;

/**
 * The user agents that one network showed to a partition in the current stretch of its clock, as hashes: at most as many
 * of a network as may be persons, of all networks at most 100,000 (2 MB); beyond that none is one too many.
 *
 * <p>A stretch begins empty at a multiple of its length, so whoever reads the records of it again answers the same. What a
 * spool kept is compared with what was received in the same stretch, not with what is read beside it.
 */
final class NetworkAgents {

    private static final int CAPACITY = 100_000;

    private final int most;
    private final long stretch;

    private long current = -1;
    private HashTable agents = new HashTable(false);
    private HashTable agentsOfNetwork = new HashTable(true);
    private int remembered;

    NetworkAgents(int most, Duration stretch) {
        this.most = most;
        this.stretch = stretch.toMillis();
    }

    /** Whether the network has shown as many other agents before; each is remembered that is not. */
    boolean isOneTooMany(String networkKey, String userAgent, Instant receivedAt, long clock) {
        advanceTo(clock);
        long network = Hashing.komihash5_0()
                .hashLongLongToLong(hash(networkKey), Math.floorDiv(receivedAt.toEpochMilli(), stretch));
        long agent = Hashing.komihash5_0().hashLongLongToLong(network, hash(userAgent));
        if (agents.contains(agent)) {
            return false;
        }
        int shown = agentsOfNetwork.number(network);
        if (shown < most && remembered < CAPACITY) {
            agents.add(agent);
            agentsOfNetwork.put(network, shown + 1);
            remembered++;
        }
        return shown >= most;
    }

    private void advanceTo(long clock) {
        long now = Math.floorDiv(clock, stretch);
        if (now != current) {
            current = now;
            agents = new HashTable(false);
            agentsOfNetwork = new HashTable(true);
            remembered = 0;
        }
    }

    private static long hash(String text) {
        return Hashing.komihash5_0().hashCharsToLong(text);
    }
}
