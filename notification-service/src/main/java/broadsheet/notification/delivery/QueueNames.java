package broadsheet.notification.delivery;

import broadsheet.notification.subscription.Channel;
import java.util.Collection;
import java.util.List;

/**
 * The queues in which deliveries wait: of each channel one for each partition of the topic that spreads the work, so that
 * Kafka's assignment of partitions is that of the queues.
 */
public final class QueueNames {

    public static final int PARTITIONS = 12;

    private QueueNames() {}

    public static int partition(String subscription) {
        return Math.floorMod(subscription.hashCode(), PARTITIONS);
    }

    public static String of(Channel channel, String subscription) {
        return name(channel, partition(subscription));
    }

    public static List<String> of(Channel channel, Collection<Integer> partitions) {
        return partitions.stream().map(partition -> name(channel, partition)).toList();
    }

    private static String name(Channel channel, int partition) {
        return channel.name() + "-" + partition;
    }
}
