package broadsheet.article.search;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the search index is, and what it may take.
 *
 * @param folder each instance adds a number of its own; what is in it can be made anew from the store at any time
 * @param threads that search at once
 * @param waiting searches that wait for them at most; further ones are refused
 * @param timeLimit until an answer, for which others waited as well
 * @param commitEvery how often what was indexed is forced to disk; what is not is read again after a crash
 */
@Validated
@ConfigurationProperties("broadsheet.search")
record SearchProperties(
        @NotNull @DefaultValue("data/search") Path folder,
        @Min(1) @Max(64) @DefaultValue("4") int threads,
        @Min(1) @DefaultValue("500") int waiting,
        @DurationMin(millis = 100) @DefaultValue("5s") Duration timeLimit,
        @DurationMin(millis = 10) @DefaultValue("10s") Duration commitEvery) {}
