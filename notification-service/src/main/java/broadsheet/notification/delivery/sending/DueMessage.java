package broadsheet.notification.delivery.sending;

import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.Delivery.State;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What is sent to a subscriber next: a webhook gets one event after the other; other subscribers get what waited for them
 * together as one message. What was tried before is sent again as it was.
 *
 * @param id the event's where it tells of one alone
 */
record DueMessage(String id, List<Delivery> deliveries) {

    /** @param due all of one subscriber, the longest due first */
    static DueMessage firstOf(List<Delivery> due) {
        Delivery first = due.get(0);
        List<Delivery> together =
                due.stream().filter(delivery -> isSameMessage(delivery, first)).toList();
        String alone = together.size() == 1 ? first.event() : UUID.randomUUID().toString();
        return new DueMessage(Objects.requireNonNullElse(first.message(), alone), together);
    }

    /** Whether several events were, or may have been, sent together under this id. */
    boolean isRepeatedDigest() {
        Delivery first = deliveries.get(0);
        return first.message() != null && !first.message().equals(first.event());
    }

    /** When the last of it is due. */
    Instant dueWhole() {
        return deliveries.stream()
                .flatMap(delivery -> Stream.ofNullable(delivery.due()))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /** What of it has one of these ids; of a repeated digest all or nothing, or it would be another message with its id. */
    Optional<DueMessage> only(Set<String> ids) {
        List<Delivery> some = deliveries.stream()
                .filter(delivery -> ids.contains(delivery.id()))
                .toList();
        return some.isEmpty() || (isRepeatedDigest() && some.size() < deliveries.size())
                ? Optional.empty()
                : Optional.of(new DueMessage(id, some));
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
            case EMAIL, WEBPUSH, WEBSUB ->
                delivery.message() == null
                        && delivery.state() == State.SCHEDULED
                        && delivery.attempts().isEmpty();
        };
    }
}
