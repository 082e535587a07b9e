package broadsheet.notification.delivery.sending;

import broadsheet.notification.delivery.Delivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** To whom a channel is sending: to each subscriber one message at a time, and only so many to one host, whoever asked. */
final class MessagesUnderWay {

    private static final String NO_HOST = "";

    private final int limit;
    private final int limitPerHost;
    private final Map<String, String> hosts = new ConcurrentHashMap<>();
    private final Map<String, Integer> perHost = new ConcurrentHashMap<>();

    MessagesUnderWay(int limit, int limitPerHost) {
        this.limit = limit;
        this.limitPerHost = limitPerHost;
    }

    int free() {
        return Math.max(0, limit - hosts.size());
    }

    boolean isHalfFree() {
        return 2 * hosts.size() <= limit;
    }

    boolean isBlocked(Delivery delivery) {
        return hosts.containsKey(delivery.subscription()) || isHostFull(delivery.host());
    }

    boolean isHostFull(@Nullable String host) {
        return perHost.getOrDefault(host(host), 0) >= limitPerHost;
    }

    Set<String> fullHosts() {
        return perHost.keySet().stream().filter(this::isHostFull).collect(Collectors.toSet());
    }

    void begin(Delivery delivery) {
        String host = host(delivery.host());
        if (hosts.put(delivery.subscription(), host) == null && !host.equals(NO_HOST)) {
            perHost.merge(host, 1, Integer::sum);
        }
    }

    void end(Delivery delivery) {
        String host = hosts.remove(delivery.subscription());
        if (host != null && !host.equals(NO_HOST)) {
            perHost.computeIfPresent(host, (name, count) -> count == 1 ? null : count - 1);
        }
    }

    /** What can be sent now, the longest due first, and as many as are free. */
    List<DueMessage> choose(List<Delivery> due) {
        var bySubscription = new LinkedHashMap<String, List<Delivery>>();
        due.forEach(delivery -> bySubscription
                .computeIfAbsent(delivery.subscription(), id -> new ArrayList<>())
                .add(delivery));
        int free = free();
        var chosen = new ArrayList<DueMessage>();
        var more = new HashMap<String, Integer>();
        for (List<Delivery> ofOne : bySubscription.values()) {
            String host = host(ofOne.get(0).host());
            int underWay = perHost.getOrDefault(host, 0) + more.getOrDefault(host, 0);
            if (chosen.size() < free && !hosts.containsKey(ofOne.get(0).subscription()) && underWay < limitPerHost) {
                chosen.add(DueMessage.firstOf(ofOne));
                if (!host.equals(NO_HOST)) {
                    more.merge(host, 1, Integer::sum);
                }
            }
        }
        return chosen;
    }

    private static String host(@Nullable String host) {
        return host == null ? NO_HOST : host;
    }
}
