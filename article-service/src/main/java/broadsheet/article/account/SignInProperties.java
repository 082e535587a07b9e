package broadsheet.article.account;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How passwords are kept from being guessed. Of so many failures in the window each is free; each further one doubles
 * the time until the next try, up to a minute.
 *
 * @param failuresPerUser with a username from one address
 * @param failuresPerUsername from all addresses
 * @param failuresPerAddress with all usernames; many people may share one
 * @param failuresOverall with all usernames from all addresses
 * @param window in which as many failures are forgotten as are free
 * @param firstWait how long the first who has to wait waits
 * @param hashingThreads how many passwords are hashed at a time; 0 means half as many as there are processors
 * @param hashingQueue how many more may wait for that; what comes then is a 503
 */
@Validated
@ConfigurationProperties("broadsheet.sign-in")
record SignInProperties(
        @DefaultValue("5") @Min(1) int failuresPerUser,
        @DefaultValue("20") @Min(1) int failuresPerUsername,
        @DefaultValue("100") @Min(1) int failuresPerAddress,
        @DefaultValue("1000") @Min(1) int failuresOverall,
        @DefaultValue("15m") @DurationMin(minutes = 1) Duration window,
        @DefaultValue("1s") @DurationMin(millis = 1) Duration firstWait,
        @DefaultValue("0") @Min(0) int hashingThreads,
        @DefaultValue("50") @Min(1) int hashingQueue) {

    int threads() {
        return hashingThreads > 0
                ? hashingThreads
                : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
