package broadsheet.stats;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleViewed;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** Records that can never be counted hold nobody up and are not lost. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=poison.views",
            "broadsheet.stats.articles-topic=poison.articles",
            "broadsheet.stats.hits-topic=poison.hits"
        })
@DirtiesContext
class UnreadableRecordIntegrationTests {

    /** Of all its tests: they share the store. */
    private static final ExpectedCounts expected = new ExpectedCounts();

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    ConsumerFactory<String, byte[]> consumers;

    @Value("${spring.mongodb.uri}")
    String uri;

    private final Instant now = Instant.now();
    private StoredDocuments store;

    @SuppressWarnings("NullAway.Init")
    UnreadableRecordIntegrationTests() {}

    @BeforeEach
    void connect() {
        store = new StoredDocuments(uri);
    }

    @AfterEach
    void disconnect() {
        store.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeReadBecomesADeadLetterAndTheRestIsCounted(Poison poison) {
        String article = "article-" + UUID.randomUUID();
        var broken = poison.made(sent("poison.views", event(view(article, "broken", now))));
        send(view(article, "before", now));
        kafka.send(broken).join();
        send(view(article, "after", now));
        expected.inLedger("deadLettered", now);

        await().untilAsserted(() -> expected.assertIn(store));
        ConsumerRecord<String, byte[]> letter =
                NewestRecord.find(consumers, "poison.views.dead-letters", requireNonNull(broken.key()));
        assertThat(letter.value()).isEqualTo(broken.value());
        assertThat(letter.timestamp()).isEqualTo(broken.timestamp());
        broken.headers()
                .forEach(header -> assertThat(letter.headers().headers(header.key()))
                        .extracting(Header::value)
                        .contains(header.value()));
        assertThat(letter.headers().lastHeader("dead-letter-reason").value())
                .asString()
                .contains(poison.reason);
        assertThat(letter.headers().lastHeader("dead-letter-topic").value())
                .asString()
                .isEqualTo("poison.views");
    }

    @ParameterizedTest
    @CsvSource({"1048400, 0", "0, 1048400", "600000, 448400"})
    void aRecordThatLeavesALetterNoRoomIsCutShortAndTheRestIsCounted(int valueBytes, int headerBytes) {
        String article = "article-" + UUID.randomUUID();
        var huge = new ProducerRecord<>("poison.views", null, now.toEpochMilli(), article, new byte[valueBytes]);
        huge.headers().add("h", new byte[headerBytes]);
        kafka.send(huge).join();
        send(view(article, "after", now));
        expected.inLedger("deadLettered", now);

        await().untilAsserted(() -> expected.assertIn(store));
        ConsumerRecord<String, byte[]> letter = NewestRecord.find(consumers, "poison.views.dead-letters", article);
        assertThat(huge.value()).startsWith(letter.value());
        assertThat(letter.headers().lastHeader("dead-letter-truncated-from").value())
                .asString()
                .isEqualTo(Integer.toString(valueBytes));
    }

    private void send(ArticleViewed view) {
        kafka.send(sent("poison.views", event(view))).join();
        expected.counted(view);
    }

    /** What can be wrong with a record. */
    enum Poison {
        NO_EVENT("ce_specversion") {
            @Override
            void spoil(Headers headers) {
                headers.remove("ce_specversion");
            }
        },
        BLANK_ID("ce_id") {
            @Override
            void spoil(Headers headers) {
                headers.remove("ce_id").add("ce_id", " ".getBytes(UTF_8));
            }
        },
        UNKNOWN_TYPE("news.article.eaten.v1") {
            @Override
            void spoil(Headers headers) {
                headers.remove("ce_type").add("ce_type", "news.article.eaten.v1".getBytes(UTF_8));
            }
        },
        ANOTHERS_KEY("is not that of its event") {
            @Override
            String key(String key) {
                return "another-" + key;
            }
        },
        NO_JSON("cannot be read") {
            @Override
            byte[] value(byte[] value) {
                return "{\"articleId\":".getBytes(UTF_8);
            }
        },
        A_FIELD_IS_MISSING("visitorKey") {
            @Override
            byte[] value(byte[] value) {
                return new String(value, UTF_8).replace("visitorKey", "visitor").getBytes(UTF_8);
            }
        };

        private final String reason;

        Poison(String reason) {
            this.reason = reason;
        }

        ProducerRecord<String, byte[]> made(ProducerRecord<String, byte[]> sound) {
            spoil(sound.headers());
            return new ProducerRecord<>(
                    sound.topic(),
                    null,
                    sound.timestamp(),
                    key(requireNonNull(sound.key())),
                    value(requireNonNull(sound.value())),
                    sound.headers());
        }

        void spoil(Headers headers) {}

        String key(String key) {
            return key;
        }

        byte[] value(byte[] value) {
            return value;
        }
    }
}
