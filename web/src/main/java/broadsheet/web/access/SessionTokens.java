package broadsheet.web.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Verifies the JWT (RFC 7519) that a staff session is: signed with ES256 by a key of {@link StaffSessions}, for this
 * audience, not expired, and of a session that has not ended. An API token stands for a session too, with the roles that it
 * allows.
 */
public final class SessionTokens implements ReactiveJwtDecoder {

    /** The cookie that carries the token for browsers. */
    public static final String COOKIE = "broadsheet_session";

    public static final String ISSUER = "broadsheet";
    public static final String AUDIENCE = "broadsheet-staff";

    /** The claim with the names of the account's roles. */
    public static final String ROLES = "roles";

    /**
     * The claim with the account's {@code validFrom} when it signed in, in milliseconds. An end of its sessions moves
     * that on, and so ends each token that was given out before it and none after, whatever the clocks say.
     */
    public static final String VALID_FROM = "valid_from";

    private static final int MOST_VERIFIED = 1_000;
    private static final Duration VERIFIED_FOR = Duration.ofMinutes(1);

    private static final OAuth2TokenValidatorResult ENDED = OAuth2TokenValidatorResult.failure(
            new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, "The session has ended", null));

    private final StaffSessions sessions;
    private final InstantSource clock;
    private final OAuth2TokenValidator<Jwt> validator;
    private final NimbusReactiveJwtDecoder signed;

    /** Verifying a signature takes most of the time of a short call. */
    private final Cache<String, Jwt> verified = Caffeine.newBuilder()
            .maximumSize(MOST_VERIFIED)
            .expireAfterWrite(VERIFIED_FOR)
            .build();

    SessionTokens(StaffSessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
        this.signed = NimbusReactiveJwtDecoder.withJwkSource(this::key)
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .build();
        var timestamps = new JwtTimestampValidator();
        timestamps.setClock(clock.withZone(ZoneOffset.UTC));
        this.validator = new DelegatingOAuth2TokenValidator<>(
                timestamps,
                new JwtIssuerValidator(ISSUER),
                new JwtAudienceValidator(AUDIENCE),
                this::ofASessionThatGoesOn);
        signed.setJwtValidator(validator);
    }

    /** The token's claims; fails with a {@link BadJwtException} where it is no good, or where none is known to be. */
    @Override
    public Mono<Jwt> decode(String token) {
        if (!sessions.areKnown()) {
            return Mono.error(new BadJwtException("It is not known yet which sessions are good"));
        }
        if (ApiTokenSecret.isMeantBy(token)) {
            return Mono.justOrEmpty(sessions.apiTokens().find(token, clock.instant()))
                    .switchIfEmpty(
                            Mono.error(() -> new BadJwtException("The API token counts no longer, or never did")));
        }
        Jwt known = verified.getIfPresent(token);
        return known != null && isStillGood(known)
                ? Mono.just(known)
                : signed.decode(token).doOnNext(jwt -> verified.put(token, jwt));
    }

    /** All but its signature. */
    private boolean isStillGood(Jwt token) {
        return sessions.key((String) token.getHeaders().get("kid"), clock.instant())
                        .isPresent()
                && !validator.validate(token).hasErrors();
    }

    private Flux<JWK> key(SignedJWT token) {
        return Mono.justOrEmpty(sessions.key(token.getHeader().getKeyID(), clock.instant()))
                .cast(JWK.class)
                .flux();
    }

    private OAuth2TokenValidatorResult ofASessionThatGoesOn(Jwt token) {
        return token.getSubject() != null
                        && token.getClaim(VALID_FROM) instanceof Number validFrom
                        && validFrom.longValue()
                                >= sessions.validFrom(token.getSubject()).toEpochMilli()
                ? OAuth2TokenValidatorResult.success()
                : ENDED;
    }
}
