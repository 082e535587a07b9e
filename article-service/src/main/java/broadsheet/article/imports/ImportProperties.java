package broadsheet.article.imports;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What imports may take.
 *
 * @param maxSize of one file
 * @param maxWaiting how many jobs may wait for their turn, each with its file in the store
 * @param keepFor how long it can be read what became of a job
 */
@ConfigurationProperties("broadsheet.imports")
record ImportProperties(
        @DefaultValue("256MB") DataSize maxSize,
        @DefaultValue("20") int maxWaiting,
        @DefaultValue("30d") Duration keepFor) {}
