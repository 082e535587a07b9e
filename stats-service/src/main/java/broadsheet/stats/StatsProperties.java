package broadsheet.stats;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of counting.
 *
 * @param doubleClick opening the same article again within this time counts as one hit
 * @param lateAfter a view that happened this long before it was received counts in the hour in which it was received
 * @param clockSkew how far a view may lie in the future of the clock it is compared with
 * @param memory how long a view is remembered at least to know a double click or a duplicate by; the topic's own time
 * @param rememberedViews of how many views of one partition the ids are remembered at most, in 24 bytes a view; for the
 *     double-click time four times as many are known
 * @param agentsPerNetwork of how many user agents of one network the views of a partition can be persons'
 * @param agentsPerNetworkWithin the time in which they are counted, not longer than the memory
 * @param batchSize views that are counted together at most; twice as many where they are counted again
 * @param consumers threads that share the partitions of the views in this process
 * @param timeLimit how long one batch may take before it is tried again
 * @param sendHitsEvery how often an article's new total is sent to the other services at most
 * @param sweepEvery how often totals that a crash left unsent are looked for
 */
@Validated
@ConfigurationProperties("broadsheet.stats")
public record StatsProperties(
        @NotBlank @DefaultValue("news.views") String viewsTopic,
        @NotBlank @DefaultValue("news.articles") String articlesTopic,
        @NotBlank @DefaultValue("news.hits") String hitsTopic,
        @DefaultValue("30s") Duration doubleClick,
        @DefaultValue("24h") Duration lateAfter,
        @DefaultValue("5m") Duration clockSkew,
        @DefaultValue("10m") Duration memory,

        @Min(1_000) @Max(100_000_000) @DefaultValue("350000")
        int rememberedViews,

        @Min(1) @DefaultValue("300") int agentsPerNetwork,
        @DefaultValue("5m") Duration agentsPerNetworkWithin,
        @Min(1) @Max(20_000) @DefaultValue("3000") int batchSize,
        @Min(1) @DefaultValue("2") int consumers,
        @DefaultValue("30s") Duration timeLimit,
        @DefaultValue("250ms") Duration sendHitsEvery,
        @DefaultValue("1m") Duration sweepEvery) {

    public StatsProperties {
        positive("double-click", doubleClick);
        positive("late-after", lateAfter);
        positive("memory", memory);
        positive("agents-per-network-within", agentsPerNetworkWithin);
        positive("time-limit", timeLimit);
        positive("send-hits-every", sendHitsEvery);
        positive("sweep-every", sweepEvery);
        if (memory.compareTo(doubleClick) < 0) {
            throw new IllegalArgumentException("broadsheet.stats.memory is shorter than double-click: " + memory);
        }
        if (memory.compareTo(agentsPerNetworkWithin) < 0) {
            throw new IllegalArgumentException(
                    "broadsheet.stats.memory is shorter than agents-per-network-within: " + memory);
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("broadsheet.stats." + name + " must be longer than nothing: " + value);
        }
    }
}
