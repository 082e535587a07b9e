package broadsheet.article.sending;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.events.EncodedEvent;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of the views topic, as far as Kafka has told of them: none at first. Each fails and recovers for itself. Any
 * thread may ask, and say how a send ended; one thread follows what Kafka tells.
 */
final class ViewPartitions {

    private final AtomicInteger recoveries = new AtomicInteger();
    private volatile ViewPartition[] all = {};
    private volatile String whyNot = "Kafka has not answered yet";

    /** The partition of the event; null while Kafka has not told how many there are. */
    @Nullable ViewPartition of(EncodedEvent event) {
        ViewPartition[] now = all;
        return now.length == 0 ? null : now[number(event, now.length)];
    }

    /** As Kafka's own partitioner has it. */
    private static int number(EncodedEvent event, int count) {
        return Utils.toPositive(Utils.murmur2(event.key().getBytes(UTF_8))) % count;
    }

    boolean allTakeRecords() {
        ViewPartition[] now = all;
        return now.length > 0 && Arrays.stream(now).allMatch(ViewPartition::takesRecords);
    }

    boolean anyMayTakeOne() {
        return Arrays.stream(all).anyMatch(ViewPartition::mayTakeOne);
    }

    /** Changes when a partition that failed, or had no leader, takes records again. */
    int recoveries() {
        return recoveries.get();
    }

    /** Lets the next views try partitions that failed, where no spooled view does. */
    void tryFailedAgain() {
        for (ViewPartition partition : all) {
            partition.tryAgain();
        }
    }

    /** The last reason why a partition took no record. */
    String whyNot() {
        return whyNot;
    }

    void acknowledged(ViewPartition partition) {
        if (partition.acknowledged()) {
            recoveries.incrementAndGet();
        }
    }

    /** A record that is refused for what it is says nothing about its partition. */
    void failed(ViewPartition partition, Exception e) {
        if (RefusedForGood.is(e) || RefusedForItsTime.is(e)) {
            acknowledged(partition);
        } else {
            whyNot = e.toString();
            partition.failed();
        }
    }

    /** Kafka has not told of the partitions now; what it told before is still believed. */
    void notTold(Throwable why) {
        if (all.length == 0) {
            whyNot = why.toString();
        }
    }

    /** Kafka has told these; a partition that is known already keeps what is known of it. */
    void follow(List<PartitionInfo> infos) {
        ViewPartition[] before = all;
        var now = new ViewPartition[infos.size()];
        for (int i = 0; i < now.length; i++) {
            now[i] = i < before.length ? before[i] : new ViewPartition(i);
        }
        boolean sound = allTakeRecords();
        for (PartitionInfo info : infos) {
            boolean hasLeader = info.leader() != null && !info.leader().isEmpty();
            now[info.partition()].hasLeader(hasLeader);
            if (!hasLeader) {
                whyNot = "Partition " + info.partition() + " has no leader";
            }
        }
        all = now;
        if (!sound && allTakeRecords()) {
            recoveries.incrementAndGet();
        }
    }
}
