package broadsheet.testservers;

import static java.util.concurrent.TimeUnit.SECONDS;

import broadsheet.events.Envelope;
import broadsheet.events.Event;
import broadsheet.events.EventCodec;
import broadsheet.events.StaffKeyPublished;
import broadsheet.events.StaffKeyPublished.Jwk;
import broadsheet.events.StaffSessionsEnded;
import broadsheet.events.Topic;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.util.function.SingletonSupplier;

/**
 * Tokens as article-service gives them out, for tests of what does not run beside it: signed by a key of this JVM that the
 * Kafka of {@link TestServers} publishes.
 */
public final class StaffTokens {

    /** The claim that an end of sessions is compared with, in milliseconds. */
    public static final String VALID_FROM = "valid_from";

    private static final ECKey KEY = newKey();
    private static final Duration LIFETIME = Duration.ofHours(1);

    private static final SingletonSupplier<Boolean> PUBLISHED = SingletonSupplier.of(() -> {
        publish(key(KEY));
        return true;
    });

    private StaffTokens() {}

    /** A token that is good as soon as the key is known. */
    public static String of(String username, String... roles) {
        return signed(KEY, claims(username, roles).build());
    }

    /** What such a token says, to say something else. */
    public static JWTClaimsSet.Builder claims(String username, String... roles) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer("broadsheet")
                .audience("broadsheet-staff")
                .subject(username)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .claim("roles", List.of(roles))
                .claim(VALID_FROM, now.toEpochMilli());
    }

    /** A token that says this, signed by the key of this JVM. */
    public static String signed(JWTClaimsSet claims) {
        return signed(KEY, claims);
    }

    /** A token that says this, signed by any key. */
    public static String signed(ECKey key, JWTClaimsSet claims) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                    .keyID(key.getKeyID())
                    .build();
            var token = new SignedJWT(header, claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key that nobody knows. */
    public static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The event that publishes the key of this JVM. */
    public static StaffKeyPublished key() {
        return key(KEY);
    }

    private static StaffKeyPublished key(ECKey key) {
        return new StaffKeyPublished(
                Jwk.of(key.getKeyID(), key.getX().toString(), key.getY().toString()),
                Instant.now().plus(Duration.ofDays(1)));
    }

    /** Ends the sessions of a name that no other test has: the topic is the same for all tests of a JVM. */
    public static void endSessions(String username) {
        publish(new StaffSessionsEnded(username, Instant.now().plusMillis(1), null));
    }

    /** Publishes the key of this JVM, once; {@link TestServersInitializer} does it for its contexts. */
    public static void publishKey() {
        PUBLISHED.obtain();
    }

    private static void publish(Event event) {
        Map<String, Object> clients = Map.of("bootstrap.servers", TestServers.bootstrapServers());
        try (var admin = Admin.create(clients);
                var producer = new KafkaProducer<>(clients, new StringSerializer(), new ByteArraySerializer())) {
            createTopic(admin);
            producer.send(EventCodec.encode(Envelope.of("/article-service", Instant.now(), event))
                            .toRecord())
                    .get(30, SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void createTopic(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            admin.createTopics(List.of(Topic.STAFF_SESSIONS.newTopic((short) 1)))
                    .all()
                    .get(30, SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
