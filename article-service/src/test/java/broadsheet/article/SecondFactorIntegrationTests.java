package broadsheet.article;

import static broadsheet.article.NewsroomClient.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Signing in with a code beside the password. */
@ArticleServiceTest
class SecondFactorIntegrationTests {

    private final NewsroomClient newsroom;
    private final ReactiveMongoTemplate mongo;

    SecondFactorIntegrationTests(@Autowired WebTestClient http, @Autowired ReactiveMongoTemplate mongo) {
        this.newsroom = new NewsroomClient(http);
        this.mongo = mongo;
    }

    @Test
    void oneSignsInWithACodeThatCountsOnce() {
        String session = newsroom.newAccount("factor-ann", "AUTHOR");
        List<String> recovery = enable(session, "factor-ann");
        assertThat(recovery).hasSize(10);
        assertThat(newsroom.json(newsroom.get(session, "/api/session/totp")))
                .containsEntry("enabled", true)
                .containsEntry("recoveryCodesLeft", 10);

        signIn("factor-ann", null)
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("code");
        String code = code("factor-ann", 1);
        signIn("factor-ann", code).expectStatus().isOk();
        signIn("factor-ann", code).expectStatus().isUnauthorized();
        signIn("factor-ann", recovery.get(3).toUpperCase(Locale.ROOT))
                .expectStatus()
                .isOk();
        signIn("factor-ann", recovery.get(3)).expectStatus().isUnauthorized();
        assertThat(newsroom.json(newsroom.get(session, "/api/session/totp"))).containsEntry("recoveryCodesLeft", 9);
    }

    @Test
    void ofManyWithTheSameCodeOneSignsIn() {
        String session = newsroom.newAccount("factor-many", "AUTHOR");
        enable(session, "factor-many");
        String code = code("factor-many", 1);
        long signedIn = IntStream.range(0, 4)
                .parallel()
                .filter(n -> signIn("factor-many", code)
                        .returnResult(String.class)
                        .getStatus()
                        .is2xxSuccessful())
                .count();
        assertThat(signedIn).isEqualTo(1);
    }

    @Test
    void aWrongPasswordSaysNothingOfTheSecondFactor() {
        enable(newsroom.newAccount("factor-quiet", "AUTHOR"), "factor-quiet");
        newsroom.post(null, "/api/session", Map.of("username", "factor-quiet", "password", "a wrong password"))
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.errors")
                .doesNotExist();
    }

    @Test
    void whoeverGuessesCodesIsSlowedDown() {
        String session = newsroom.newAccount("factor-guessed", "AUTHOR");
        enable(session, "factor-guessed");
        for (int n = 0; n < 5; n++) {
            signIn("factor-guessed", "000000").expectStatus().isUnauthorized();
        }
        signIn("factor-guessed", code("factor-guessed", 1)).expectStatus().isEqualTo(429);
        newsroom.post(session, "/api/session/totp/removal", Map.of("password", PASSWORD, "code", "000000"))
                .expectStatus()
                .isEqualTo(429);
    }

    @Test
    void itCountsOnceItsFirstCodeWasRight() {
        String session = newsroom.newAccount("factor-begun", "AUTHOR");
        newsroom.put(session, "/api/session/totp", null, Map.of("code", "123456"))
                .expectStatus()
                .isEqualTo(409);
        newsroom.json(begin(session));
        newsroom.put(session, "/api/session/totp", null, Map.of("code", "wrong"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("code");
        signIn("factor-begun", null).expectStatus().isOk();
        assertThat(newsroom.json(newsroom.get(session, "/api/session/totp"))).containsEntry("enabled", false);
        newsroom.post(session, "/api/session/totp/removal", Map.of("password", PASSWORD, "code", "123456"))
                .expectStatus()
                .isEqualTo(409);

        enable(session, "factor-begun");
        begin(session).expectStatus().isEqualTo(409);
    }

    @Test
    void itIsRemovedByItsOwnerWithACodeOrByAnAdministrator() {
        String session = newsroom.newAccount("factor-gone", "AUTHOR");
        enable(session, "factor-gone");
        newsroom.post(session, "/api/session/totp/removal", Map.of("password", PASSWORD, "code", "wrong"))
                .expectStatus()
                .isBadRequest();
        newsroom.post(
                        session,
                        "/api/session/totp/removal",
                        Map.of("password", "a wrong password", "code", code("factor-gone", 1)))
                .expectStatus()
                .isBadRequest();
        newsroom.post(
                        session,
                        "/api/session/totp/removal",
                        Map.of("password", PASSWORD, "code", code("factor-gone", 1)))
                .expectStatus()
                .isNoContent();
        signIn("factor-gone", null).expectStatus().isOk();

        enable(session, "factor-gone");
        String admin = newsroom.token("admin");
        newsroom.delete(session, "/api/accounts/factor-gone/totp")
                .expectStatus()
                .isForbidden();
        newsroom.delete(admin, "/api/accounts/factor-gone/totp").expectStatus().isNoContent();
        newsroom.delete(admin, "/api/accounts/factor-gone/totp").expectStatus().isNotFound();
        signIn("factor-gone", null).expectStatus().isOk();
    }

    @Test
    void anOpenSessionAloneBeginsNone() {
        String session = newsroom.newAccount("factor-open", "AUTHOR");
        newsroom.post(session, "/api/session/totp", Map.of("password", "a wrong password"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("password");
        newsroom.put(session, "/api/session/totp", null, Map.of("code", "123456"))
                .expectStatus()
                .isEqualTo(409);
    }

    private ResponseSpec begin(String session) {
        return newsroom.post(session, "/api/session/totp", Map.of("password", PASSWORD));
    }

    /** The recovery codes. */
    @SuppressWarnings("unchecked")
    private List<String> enable(String session, String username) {
        var enrolment = newsroom.json(begin(session));
        assertThat((String) enrolment.get("uri"))
                .startsWith("otpauth://totp/Broadsheet:" + username + "?secret=" + enrolment.get("secret"));
        return (List<String>) Objects.requireNonNull(newsroom.json(
                        newsroom.put(session, "/api/session/totp", null, Map.of("code", code(username, 0))))
                .get("recoveryCodes"));
    }

    /** @param later by so many steps of 30 seconds */
    private String code(String username, int later) {
        Document factor = Objects.requireNonNull(
                mongo.findById(username, Document.class, "second_factors").block());
        var key = new SecretKeySpec(factor.get("secret", Binary.class).getData(), "HmacSHA1");
        try {
            return new HmacOneTimePasswordGenerator()
                    .generateOneTimePasswordString(key, Instant.now().getEpochSecond() / 30 + later);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private ResponseSpec signIn(String username, @Nullable String code) {
        var credentials = new HashMap<String, Object>(Map.of("username", username, "password", PASSWORD));
        if (code != null) {
            credentials.put("code", code);
        }
        return newsroom.post(null, "/api/session", credentials);
    }
}
