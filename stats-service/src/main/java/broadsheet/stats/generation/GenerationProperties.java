package broadsheet.stats.generation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of generations.
 *
 * @param lookEvery how often an instance looks which there are
 * @param answersWithin how long the store and Kafka have to say which; a call without an answer would be the last look
 * @param keepReplaced how long the documents of one that was replaced stay, so that it can be served again
 * @param keepCancelled how long those of a restatement that was cancelled stay, for instances that have not noticed
 */
@ConfigurationProperties("broadsheet.stats.generations")
public record GenerationProperties(
        @DefaultValue("2s") Duration lookEvery,
        @DefaultValue("1m") Duration answersWithin,
        @DefaultValue("7d") Duration keepReplaced,
        @DefaultValue("10m") Duration keepCancelled) {}
