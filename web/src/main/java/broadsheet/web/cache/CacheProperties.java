package broadsheet.web.cache;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the shared HTTP cache.
 *
 * @param enabled whether answers are stored at all
 * @param maxBytes of all answers together
 * @param maxAnswerBytes of one answer; a larger one is not stored
 * @param staleWhileRevalidate how long an answer that is no longer fresh is served while one request refreshes it
 * @param staleIfError how old an answer may become while no newer one can be had
 * @param maxWaitForNewer how long a client waits for a newer answer where there is an old one
 * @param maxWait how long a client waits for the origin; a little longer than services wait for their store, whose error
 *     would else come when nobody waits any more
 */
@Validated
@ConfigurationProperties("broadsheet.cache")
record CacheProperties(
        @DefaultValue("true") boolean enabled,
        @NotNull @DefaultValue("64MB") DataSize maxBytes,
        @NotNull @DefaultValue("1MB") DataSize maxAnswerBytes,
        @DefaultValue("1s") @DurationMin(millis = 0) Duration staleWhileRevalidate,
        @DefaultValue("10m") @DurationMin(millis = 1) Duration staleIfError,
        @DefaultValue("2s") @DurationMin(millis = 1) Duration maxWaitForNewer,
        @DefaultValue("4500ms") @DurationMin(millis = 1) Duration maxWait) {}
