package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.events.ArticleHits;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.Topics;
import broadsheet.testservers.TestServers;
import com.mongodb.reactivestreams.client.MongoClients;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class RestartIntegrationTests {

    private final String database = "restart-" + UUID.randomUUID();
    private final String mongo = TestServers.mongoUri(database);
    private final String kafka = TestServers.bootstrapServers();

    @Test
    void oneInstanceRelaysAndAnotherTakesOver() {
        try (var second = secondBesideAFirst();
                var articles = new TopicReader(kafka, Topics.ARTICLES)) {
            NewsroomClient newsroom = second.newsroom();
            String author = newsroom.token("ann");
            String relayedByTheSecond = newsroom.draft(author, content("Second", "company-news"));
            await().untilAsserted(
                            () -> assertThat(articles.idsOf(relayedByTheSecond)).hasSize(1));
            for (Envelope<?> event : articles.events()) {
                assertThat(articles.idsOf(event.event().recordKey())).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void whoSignedInBeforeARestartIsNotHeldUpByTheGuessesOfOthers() {
        try (var before = ServiceInstance.start(mongo, kafka)) {
            before.newsroom().newAccount("ann", "AUTHOR");
        }
        try (var after = ServiceInstance.start(
                mongo, kafka, "broadsheet.sign-in.failures-overall=3", "broadsheet.sign-in.first-wait=1m")) {
            NewsroomClient newsroom = after.newsroom();
            for (int n = 0; n < 3; n++) {
                signIn(newsroom, "name" + n).expectStatus().isUnauthorized();
            }
            signIn(newsroom, "another").expectStatus().isEqualTo(429);
            signIn(newsroom, "ann").expectStatus().isOk();
        }
    }

    @Test
    void aPasswordIsHashedAnewAtTheNextSignInWhereHashesCostMore() {
        String session;
        try (var before = ServiceInstance.start(mongo, kafka)) {
            session = before.newsroom().newAccount("ann", "AUTHOR");
        }
        try (var after = ServiceInstance.start(mongo, kafka, "broadsheet.accounts.password-cost=5");
                var client = MongoClients.create(mongo)) {
            signIn(after.newsroom(), "ann").expectStatus().isOk();
            Document account = new ReactiveMongoTemplate(client, database)
                    .findById("ann", Document.class, "accounts")
                    .block();
            assertThat(account)
                    .isNotNull()
                    .containsEntry("version", 1L)
                    .hasEntrySatisfying(
                            "passwordHash",
                            hash -> assertThat(String.valueOf(hash)).startsWith("$2a$05$"));
            after.newsroom().get(session, "/api/session").expectStatus().isOk();
            signIn(after.newsroom(), "ann").expectStatus().isOk();
        }
    }

    @Test
    void aSigningKeyThatLeakedSignsNothingThatCounts() {
        try (var service = ServiceInstance.start(mongo, kafka);
                var other = ServiceInstance.start(mongo, kafka)) {
            String author = service.newsroom().newAccount("ann", "AUTHOR");
            String admin = service.newsroom().token("admin");
            service.newsroom().delete(author, "/api/sessions").expectStatus().isForbidden();
            service.newsroom().delete(admin, "/api/sessions").expectStatus().isNoContent();

            service.newsroom().get(author, "/api/session").expectStatus().isUnauthorized();
            service.newsroom().get(admin, "/api/session").expectStatus().isUnauthorized();
            service.newsroom()
                    .get(service.newsroom().token("ann"), "/api/session")
                    .expectStatus()
                    .isOk();
            await().untilAsserted(() ->
                    other.newsroom().get(author, "/api/session").expectStatus().isUnauthorized());
            await().untilAsserted(() -> service.newsroom()
                    .get(other.newsroom().token("ann"), "/api/session")
                    .expectStatus()
                    .isOk());
        }
        try (var restarted = ServiceInstance.start(mongo, kafka)) {
            restarted
                    .newsroom()
                    .get(restarted.newsroom().token("ann"), "/api/session")
                    .expectStatus()
                    .isOk();
        }
    }

    private static ResponseSpec signIn(NewsroomClient newsroom, String username) {
        return newsroom.post(null, "/api/session", Map.of("username", username, "password", NewsroomClient.PASSWORD));
    }

    private ServiceInstance secondBesideAFirst() {
        try (var first = ServiceInstance.start(mongo, kafka)) {
            String author = first.newsroom().newAccount("ann", "AUTHOR");
            first.newsroom().category(first.newsroom().newAccount("ed", "EDITOR"), "company-news", "Company News");
            ServiceInstance second = ServiceInstance.start(mongo, kafka);
            try (var articles = new TopicReader(kafka, Topics.ARTICLES)) {
                String relayedByTheFirst = second.newsroom().draft(author, content("First", "company-news"));
                await().untilAsserted(() ->
                        assertThat(articles.idsOf(relayedByTheFirst)).hasSize(1));
            }
            return second;
        }
    }

    @Test
    void anEntryThatIsNoEventHoldsUpItsArticleOnly() {
        try (var service = ServiceInstance.start(mongo, kafka);
                var client = MongoClients.create(mongo);
                var articles = new TopicReader(kafka, Topics.ARTICLES)) {
            NewsroomClient newsroom = service.newsroom();
            String author = newsroom.newAccount("ann", "AUTHOR");
            newsroom.category(newsroom.newAccount("ed", "EDITOR"), "company-news", "Company News");
            String poisoned = newsroom.draft(author, content("Poisoned", "company-news"));
            await().untilAsserted(() -> assertThat(articles.idsOf(poisoned)).hasSize(1));
            var unreadable = new Document("eventId", "e-1").append("topic", Topics.ARTICLES);
            new ReactiveMongoTemplate(client, database)
                    .updateFirst(query(where("_id").is(poisoned)), new Update().push("outbox", unreadable), "articles")
                    .block();
            newsroom.move(author, poisoned, "submit").expectStatus().isOk();

            String next = newsroom.draft(author, content("Next", "company-news"));
            await().untilAsserted(() -> assertThat(articles.idsOf(next)).hasSize(1));
            assertThat(articles.idsOf(poisoned)).hasSize(1);
        }
    }

    @Test
    void hitsAreKnownAgainAfterARestart() throws Exception {
        String id = aPublishedArticle();
        Instant noon = Instant.parse("2026-11-24T12:00:00Z");
        announce(new ArticleHits(id, 7, noon, 1), new ArticleHits(id, 218, noon.minusSeconds(60), 1));

        for (int start = 0; start < 2; start++) {
            try (var service = ServiceInstance.start(mongo, kafka)) {
                await().untilAsserted(() -> assertThat(hits(service, id)).isEqualTo(218));
                service.newsroom()
                        .get(null, "/news/company-news/counted")
                        .expectBody(String.class)
                        .value(page -> assertThat(page).contains("<span id=\"hits\" data-hits=\"218\">218</span>"));
            }
        }
    }

    private String aPublishedArticle() {
        try (var service = ServiceInstance.start(mongo, kafka)) {
            NewsroomClient newsroom = service.newsroom();
            String author = newsroom.newAccount("ann", "AUTHOR");
            String editor = newsroom.newAccount("ed", "EDITOR");
            newsroom.category(editor, "company-news", "Company News");
            return newsroom.published(author, editor, content("Counted", "company-news"));
        }
    }

    private static @Nullable Object hits(ServiceInstance service, String id) {
        return service.newsroom()
                .json(service.newsroom().get(null, "/api/articles/" + id + "?view=false"))
                .get("hits");
    }

    private void announce(ArticleHits... hits) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new StringSerializer(), new ByteArraySerializer())) {
            for (ArticleHits announced : List.of(hits)) {
                producer.send(EventCodec.encode(Envelope.of("/stats-service", announced.asOf(), announced))
                                .toRecord())
                        .get();
            }
        }
    }
}
