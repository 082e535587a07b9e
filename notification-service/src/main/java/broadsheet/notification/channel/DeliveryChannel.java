package broadsheet.notification.channel;

import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.Target;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** One way to reach subscribers. The next one is one package with one bean of this type. */
public interface DeliveryChannel {

    Channel channel();

    /** Why nobody can subscribe to it here, such as that no mail server is set; none where it can be used. */
    Optional<String> unavailable();

    /** Fails with an {@code InvalidFieldException} that names the field where the target could never be reached. */
    Mono<Void> check(Target target);

    /** How many messages it sends at once, to as many subscribers. */
    default int concurrency() {
        return 1_000;
    }

    /** How many of them to one host, so that one that does not answer leaves the others to all other hosts. */
    default int concurrencyPerHost() {
        return 50;
    }

    /** Sends a message within a time limit of its own. What the receiver does wrong is an outcome, never an error. */
    Mono<DeliveryOutcome> send(OutgoingMessage message);
}
