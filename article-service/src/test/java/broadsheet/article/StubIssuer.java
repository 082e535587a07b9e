package broadsheet.article;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** As much of an OpenID Connect issuer as says who someone is; it checks what a client has to prove. */
final class StubIssuer implements AutoCloseable {

    private static final RSAKey KEY = key();

    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.get(
                            "/.well-known/openid-configuration", (request, response) -> json(response, discovery()))
                    .get("/jwks", (request, response) -> json(response, new JWKSet(KEY.toPublicJWK()).toJSONObject()))
                    .post(
                            "/token",
                            (request, response) -> request.receive()
                                    .aggregate()
                                    .asString(UTF_8)
                                    .flatMap(form -> Mono.from(
                                            token(form, request.requestHeaders().get("Authorization"), response)))))
            .bindNow();

    String issuer() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Someone signs in and is sent back with this code. */
    void grant(String code, String authorizationUri, Map<String, Object> claims) {
        var asked = UriComponentsBuilder.fromUriString(authorizationUri).build().getQueryParams();
        grants.put(
                code,
                new Grant(
                        String.valueOf(asked.getFirst("nonce")),
                        String.valueOf(asked.getFirst("code_challenge")),
                        claims));
    }

    private Mono<Void> token(String form, String authorization, HttpServerResponse response) {
        var sent = UriComponentsBuilder.fromUriString("?" + form).build().getQueryParams();
        Grant grant = grants.remove(String.valueOf(sent.getFirst("code")));
        boolean isOurs = authorization.equals(
                "Basic " + Base64.getEncoder().encodeToString("newsroom:its-secret".getBytes(UTF_8)));
        if (grant == null
                || !isOurs
                || !grant.challenge.equals(challenge(String.valueOf(sent.getFirst("code_verifier"))))) {
            return json(response.status(400), Map.of("error", "invalid_grant"));
        }
        return json(
                response,
                Map.of(
                        "access_token", "unused",
                        "token_type", "Bearer",
                        "expires_in", 60,
                        "scope", "openid profile",
                        "id_token", idToken(grant)));
    }

    private String idToken(Grant grant) {
        try {
            Instant now = Instant.now();
            var claims = new JWTClaimsSet.Builder()
                    .issuer(issuer())
                    .audience("newsroom")
                    .subject("subject-7")
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(now.plusSeconds(60)))
                    .claim("nonce", grant.nonce);
            grant.claims.forEach(claims::claim);
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(KEY.getKeyID())
                            .build(),
                    claims.build());
            token.sign(new RSASSASigner(KEY));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> discovery() {
        return Map.of(
                "issuer", issuer(),
                "authorization_endpoint", issuer() + "/authorize",
                "token_endpoint", issuer() + "/token",
                "jwks_uri", issuer() + "/jwks",
                "response_types_supported", List.of("code"),
                "subject_types_supported", List.of("public"),
                "id_token_signing_alg_values_supported", List.of("RS256"),
                "token_endpoint_auth_methods_supported", List.of("client_secret_basic"));
    }

    private static Mono<Void> json(HttpServerResponse response, Map<String, Object> body) {
        return response.header("Content-Type", "application/json")
                .sendString(Mono.just(JsonMapper.shared().writeValueAsString(body)))
                .then();
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("one").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.disposeNow();
    }

    private record Grant(String nonce, String challenge, Map<String, Object> claims) {}
}
