package broadsheet.article.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Slows down whoever guesses passwords: one person's, many people's, from one address or from many. An attempt counts as
 * failed from its beginning until it succeeds, so that of many at once only the free ones are made. Someone who signed in
 * from an address lately is held up there by failures under their own name alone. Counts are kept in memory, by each
 * instance for itself.
 */
@Component
class SignInAttempts {

    private static final int MAX_KNOWN_ADDRESSES = 10_000;
    private static final String EVERYONE = "";

    private final InstantSource clock;
    private final FailureLimit users;
    private final FailureLimit usernames;
    private final FailureLimit addresses;
    private final FailureLimit overall;
    private final Cache<Person, Boolean> knownAddresses = Caffeine.newBuilder()
            .maximumSize(MAX_KNOWN_ADDRESSES)
            .expireAfterWrite(KnownNetworks.KNOWN_FOR)
            .build();

    SignInAttempts(SignInProperties properties, InstantSource clock) {
        this.clock = clock;
        this.users = new FailureLimit(properties.failuresPerUser(), properties.window(), properties.firstWait());
        this.usernames =
                new FailureLimit(properties.failuresPerUsername(), properties.window(), properties.firstWait());
        this.addresses = new FailureLimit(properties.failuresPerAddress(), properties.window(), properties.firstWait());
        this.overall = new FailureLimit(properties.failuresOverall(), properties.window(), properties.firstWait());
    }

    /**
     * Makes the attempt, which is empty where the password is wrong, unless too many failed: then fails with 429.
     *
     * @param address the client's; of an IPv6 address the network
     * @param signedInThere whether this user did lately, as the store knows; asked where others would hold them up
     */
    <T> Mono<T> limited(String username, String address, Mono<Boolean> signedInThere, Mono<T> attempt) {
        var person = new Person(username, address);
        return Mono.fromCallable(() -> begin(person))
                .flatMap(wait -> wait.isZero() || isKnown(person)
                        ? Mono.just(wait)
                        : signedInThere
                                .filter(known -> known)
                                .map(known -> beginKnown(person))
                                .defaultIfEmpty(wait))
                .flatMap(wait -> wait.isZero()
                        ? attempt.doOnNext(signedIn -> succeeded(person)).doOnError(e -> unanswered(person))
                        : Mono.error(new TooManyFailuresException(wait)));
    }

    private synchronized Duration beginKnown(Person person) {
        knownAddresses.put(person, true);
        return begin(person);
    }

    /** Counts the attempt, unless it has to wait; for how long. */
    synchronized Duration begin(Person person) {
        Instant now = clock.instant();
        Duration ofPerson = users.wait(person.key(), now);
        Duration ofOthers = longest(
                addresses.wait(person.address, now),
                longest(usernames.wait(person.username, now), overall.wait(EVERYONE, now)));
        Duration wait = isKnown(person) ? ofPerson : longest(ofPerson, ofOthers);
        if (wait.isZero()) {
            users.count(person.key(), now);
            addresses.count(person.address, now);
            usernames.count(person.username, now);
            overall.count(EVERYONE, now);
        }
        return wait;
    }

    synchronized void succeeded(Person person) {
        unanswered(person);
        users.forget(person.key());
        knownAddresses.put(person, true);
    }

    /** Takes an attempt back that ended without saying whether the password is right. */
    synchronized void unanswered(Person person) {
        Instant now = clock.instant();
        users.uncount(person.key(), now);
        addresses.uncount(person.address, now);
        usernames.uncount(person.username, now);
        overall.uncount(EVERYONE, now);
    }

    /** How much is remembered, after what is too much is dropped. */
    synchronized long remembered() {
        return Stream.of(users, usernames, addresses, overall)
                .mapToLong(FailureLimit::remembered)
                .sum();
    }

    private boolean isKnown(Person person) {
        return knownAddresses.getIfPresent(person) != null;
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** Someone who says to be this user, at this address. */
    record Person(String username, String address) {

        private String key() {
            return username + " " + address;
        }
    }
}
