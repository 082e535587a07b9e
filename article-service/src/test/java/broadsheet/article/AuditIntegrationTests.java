package broadsheet.article;

import static broadsheet.article.NewsroomClient.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Who signed in, was denied and changed what is in the audit trail. */
@ArticleServiceTest
class AuditIntegrationTests {

    private final Logger trail = (Logger) LoggerFactory.getLogger("broadsheet.audit");
    private final List<String> entries = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            entries.add(event.getFormattedMessage());
        }
    };
    private final WebTestClient http;
    private final NewsroomClient newsroom;
    private String admin = "";

    AuditIntegrationTests(@Autowired WebTestClient http) {
        this.http = http;
        this.newsroom = new NewsroomClient(http);
    }

    @BeforeEach
    void listen() {
        admin = newsroom.token("admin");
        listener.start();
        trail.addAppender(listener);
    }

    @AfterEach
    void stopListening() {
        trail.detachAppender(listener);
    }

    @Test
    void whoSignsInAndOut() {
        String token = newsroom.newAccount("audited", "AUTHOR");
        http.delete()
                .uri("/api/session")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isNoContent();
        assertThat(entries)
                .contains(
                        "audit=account-added username=audited roles=AUTHOR by=admin",
                        "audit=signed-in username=audited roles=AUTHOR address=127.0.0.1",
                        "audit=signed-out username=audited address=127.0.0.1");
    }

    @Test
    void whoGuessesUnderWhateverName() {
        Map<String, Object> guess =
                Map.of("username", "eve\naudit=signed-in username=admin", "password", "a wrong password");
        for (int n = 0; n < 5; n++) {
            newsroom.post(null, "/api/session", guess).expectStatus().isUnauthorized();
        }
        newsroom.post(null, "/api/session", guess).expectStatus().isEqualTo(429);

        String eve = "username=\"eve?audit=signed-in username=admin\" address=127.0.0.1";
        assertThat(entries)
                .containsExactly(
                        "audit=sign-in-failed " + eve,
                        "audit=sign-in-failed " + eve,
                        "audit=sign-in-failed " + eve,
                        "audit=sign-in-failed " + eve,
                        "audit=sign-in-failed " + eve,
                        "audit=sign-in-throttled " + eve);
    }

    @Test
    void whichFieldsOfAnAccountAreChangedByWhom() {
        String token = newsroom.newAccount("promoted", "AUTHOR");
        entries.clear();
        newsroom.put(
                        admin,
                        "/api/accounts/promoted",
                        "*",
                        Map.of("displayName", "The promoted", "roles", List.of("EDITOR", "OPERATOR"), "disabled", true))
                .expectStatus()
                .isOk();
        newsroom.put(
                        admin,
                        "/api/accounts/promoted",
                        "*",
                        Map.of(
                                "displayName",
                                "Promoted",
                                "roles",
                                List.of("EDITOR", "OPERATOR"),
                                "password",
                                "a new password"))
                .expectStatus()
                .isOk();
        assertThat(entries)
                .containsExactly(
                        "audit=account-changed username=promoted roles=\"AUTHOR -> EDITOR,OPERATOR\" disabled=\"false -> true\" by=admin",
                        "audit=account-changed username=promoted disabled=\"true -> false\" password=changed displayName=\"The promoted -> Promoted\" by=admin")
                .noneMatch(
                        entry -> entry.contains(PASSWORD) || entry.contains("a new password") || entry.contains(token));
    }

    @Test
    void whoChangesACategory() {
        newsroom.category(admin, "audited", "Audited");
        newsroom.put(admin, "/api/categories/audited", "*", Map.of("name", "Renamed", "position", 3))
                .expectStatus()
                .isOk();
        http.delete()
                .uri("/api/categories/audited")
                .headers(headers -> headers.setBearerAuth(admin))
                .header(HttpHeaders.IF_MATCH, "*")
                .exchange()
                .expectStatus()
                .isNoContent();
        assertThat(entries)
                .containsExactly(
                        "audit=category-added category=audited name=Audited parent=- position=0 by=admin",
                        "audit=category-changed category=audited name=Renamed parent=- position=3 by=admin",
                        "audit=category-removed category=audited name=Renamed parent=- position=3 by=admin");
    }

    @Test
    void whichCallsAreDenied() {
        String author = newsroom.newAccount("denied", "AUTHOR");
        entries.clear();
        newsroom.get(author, "/api/accounts").expectStatus().isForbidden();
        newsroom.get("no.such.token", "/api/accounts").expectStatus().isUnauthorized();
        newsroom.get(null, "/api/accounts").expectStatus().isUnauthorized();
        assertThat(entries)
                .containsExactly(
                        "audit=call-denied status=403 method=GET path=/api/accounts username=denied address=127.0.0.1",
                        "audit=call-denied status=401 method=GET path=/api/accounts username=- address=127.0.0.1");
    }
}
