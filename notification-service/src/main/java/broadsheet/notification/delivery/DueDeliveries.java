package broadsheet.notification.delivery;

import broadsheet.notification.delivery.Delivery.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How deliveries that are due are sent: a webhook gets one event after the other; other subscribers get what waited for
 * them together as one message. What was tried before is sent again as it was.
 *
 * @param messages ids of deliveries by the id of the message of several events
 * @param alone ids of deliveries that are a message of their own
 */
record DueDeliveries(Map<String, List<String>> messages, List<String> alone) {

    /** @param subscriptions how many may be sent to, the longest due first */
    static DueDeliveries of(List<Delivery> due, int subscriptions) {
        var bySubscription = new LinkedHashMap<String, List<Delivery>>();
        due.forEach(delivery -> bySubscription
                .computeIfAbsent(delivery.subscription(), id -> new ArrayList<>())
                .add(delivery));
        var chosen = new DueDeliveries(new LinkedHashMap<>(), new ArrayList<>());
        bySubscription.values().stream().limit(subscriptions).forEach(chosen::choose);
        return chosen;
    }

    private void choose(List<Delivery> due) {
        Delivery first = due.get(0);
        List<String> together = due.stream()
                .filter(delivery -> isSameMessage(delivery, first))
                .map(Delivery::id)
                .toList();
        if (together.size() == 1 && first.message() == null) {
            alone.add(first.id());
        } else {
            String message = first.message();
            messages.put(message == null ? UUID.randomUUID().toString() : message, together);
        }
    }

    private static boolean isSameMessage(Delivery delivery, Delivery first) {
        if (first.message() != null) {
            return first.message().equals(delivery.message());
        }
        return delivery.equals(first) || (canBeMerged(first) && canBeMerged(delivery));
    }

    private static boolean canBeMerged(Delivery delivery) {
        return switch (delivery.channel()) {
            case WEBHOOK -> false;
            case EMAIL, WEBPUSH ->
                delivery.message() == null
                        && delivery.state() == State.SCHEDULED
                        && delivery.attempts().isEmpty();
        };
    }
}
