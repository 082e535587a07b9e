package broadsheet.article;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Accounts and categories change only from the version that their changer saw. */
@ArticleServiceTest
class IfMatchIntegrationTests {

    private enum Thing {
        ACCOUNT("/api/accounts", "accounts", "versioned") {
            @Override
            Map<String, Object> added() {
                return Map.of(
                        "username",
                        name,
                        "displayName",
                        "First",
                        "password",
                        NewsroomClient.PASSWORD,
                        "roles",
                        List.of("AUTHOR"));
            }

            @Override
            Map<String, Object> changed() {
                return Map.of("displayName", "Second", "roles", List.of("AUTHOR"));
            }
        },
        CATEGORY("/api/categories", "categories", "versioned") {
            @Override
            Map<String, Object> added() {
                return Map.of("slug", name, "name", "First");
            }

            @Override
            Map<String, Object> changed() {
                return Map.of("name", "Second", "position", 0);
            }
        };

        final String list;
        final String collection;
        final String name;

        Thing(String list, String collection, String name) {
            this.list = list;
            this.collection = collection;
            this.name = name;
        }

        abstract Map<String, Object> added();

        abstract Map<String, Object> changed();

        String path() {
            return list + "/" + name;
        }
    }

    private final WebTestClient http;
    private final NewsroomClient newsroom;
    private final ReactiveMongoTemplate mongo;
    private String admin = "";

    IfMatchIntegrationTests(@Autowired WebTestClient http, @Autowired ReactiveMongoTemplate mongo) {
        this.http = http;
        this.newsroom = new NewsroomClient(http);
        this.mongo = mongo;
    }

    @BeforeEach
    void nothingYet() {
        admin = newsroom.token("admin");
        Stream.of(Thing.values())
                .forEach(thing -> mongo.remove(byId(thing), thing.collection).block());
        mongo.remove(byId(Thing.CATEGORY), "removed_categories").block();
    }

    @ParameterizedTest
    @EnumSource
    void aNewOneIsAtItsLocationWithItsETag(Thing thing) {
        var location = newsroom.post(admin, thing.list, thing.added())
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals(HttpHeaders.ETAG, "\"1\"")
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getLocation();
        assertThat(location).hasToString(thing.path());
        newsroom.get(admin, thing.path())
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.ETAG, "\"1\"")
                .expectBody()
                .jsonPath("$.version")
                .isEqualTo(1);
        newsroom.get(admin, thing.list + "/never-made").expectStatus().isNotFound();
    }

    @ParameterizedTest
    @EnumSource
    void aChangeNamesTheVersionItWasMadeFrom(Thing thing) {
        add(thing);
        assertProblem(newsroom.put(admin, thing.path(), null, thing.changed()), 428);
        assertProblem(newsroom.put(admin, thing.path(), "\"0\"", thing.changed()), 412);
        assertProblem(newsroom.put(admin, thing.path(), "1", thing.changed()), 400);
        newsroom.put(admin, thing.path(), "\"1\"", thing.changed())
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.ETAG, "\"2\"");
        assertProblem(newsroom.put(admin, thing.path(), "\"1\"", thing.changed()), 412);
        newsroom.put(admin, thing.path(), "*", thing.changed()).expectStatus().isOk();
        assertThat(versionInTheList(thing)).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void oneOfAnEarlierReleaseIsAtVersionZero(Thing thing) {
        add(thing);
        mongo.updateFirst(byId(thing), new Update().unset("version"), thing.collection)
                .block();
        newsroom.get(admin, thing.path()).expectHeader().valueEquals(HttpHeaders.ETAG, "\"0\"");
        assertThat(versionInTheList(thing)).isZero();
        newsroom.put(admin, thing.path(), "\"0\"", thing.changed())
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.ETAG, "\"1\"");
    }

    @Test
    void aCategoryIsRemovedOnlyAtTheVersionThatWasSeen() {
        add(Thing.CATEGORY);
        assertProblem(delete(null), 428);
        assertProblem(delete("\"2\""), 412);
        delete("\"1\"").expectStatus().isNoContent();
        assertProblem(delete("*"), 404);
    }

    @Test
    void aChangeOfAnAccountLeavesWhatElseItsDocumentHolds() {
        add(Thing.ACCOUNT);
        var more = new Update().set("outbox", List.of(new Document("sequence", 1)));
        mongo.updateFirst(byId(Thing.ACCOUNT), more, "accounts").block();
        newsroom.put(admin, Thing.ACCOUNT.path(), "*", Thing.ACCOUNT.changed())
                .expectStatus()
                .isOk();
        var stored =
                mongo.findOne(byId(Thing.ACCOUNT), Document.class, "accounts").block();
        assertThat(stored).containsKeys("outbox", "passwordHash").containsEntry("displayName", "Second");
    }

    private void add(Thing thing) {
        newsroom.post(admin, thing.list, thing.added()).expectStatus().isCreated();
    }

    private ResponseSpec delete(@Nullable String ifMatch) {
        return http.method(HttpMethod.DELETE)
                .uri(Thing.CATEGORY.path())
                .headers(headers -> {
                    headers.setBearerAuth(admin);
                    if (ifMatch != null) {
                        headers.setIfMatch(ifMatch);
                    }
                })
                .exchange();
    }

    private int versionInTheList(Thing thing) {
        Object items = Objects.requireNonNull(
                newsroom.json(newsroom.get(admin, thing.list)).get("items"));
        return ((List<?>) items)
                .stream()
                        .map(item -> (Map<?, ?>) item)
                        .filter(item -> item.containsValue(thing.name))
                        .map(item -> (Integer) Objects.requireNonNull(item.get("version")))
                        .findFirst()
                        .orElseThrow();
    }

    private static void assertProblem(ResponseSpec response, int status) {
        response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.detail")
                .isNotEmpty();
    }

    private static Query byId(Thing thing) {
        return Query.query(Criteria.where("_id").is(thing.name));
    }
}
