package broadsheet.stats.milestone;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of milestones.
 *
 * @param hits the totals that are worth an alert; none where it is empty
 * @param trendingHits so many hits in the last hour an article has at least that is alerted of as trending
 * @param newsFor what was reached longer ago when it is found, such as by a new store that counts 90 days, is told to nobody
 */
@Validated
@ConfigurationProperties("broadsheet.stats.milestones")
public record MilestoneProperties(
        @NotBlank @DefaultValue("news.milestones") String topic,

        @DefaultValue({"100", "1000", "10000", "100000", "1000000"})
        List<Long> hits,

        @Min(1) @DefaultValue("20") int trendingHits,
        @DefaultValue("24h") Duration newsFor) {

    private static final int MOST = 50;

    public MilestoneProperties {
        if (hits.size() > MOST) {
            throw new IllegalArgumentException("broadsheet.stats.milestones.hits has more than " + MOST + " totals");
        }
        if (hits.stream().anyMatch(total -> total < 1)) {
            throw new IllegalArgumentException(
                    "broadsheet.stats.milestones.hits must hold totals of 1 or more: " + hits);
        }
        if (newsFor.isNegative() || newsFor.isZero()) {
            throw new IllegalArgumentException(
                    "broadsheet.stats.milestones.news-for must be longer than nothing: " + newsFor);
        }
        hits = hits.stream().distinct().sorted().toList();
    }
}
