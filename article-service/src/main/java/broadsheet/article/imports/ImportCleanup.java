package broadsheet.article.imports;

import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Removes what is kept of jobs that ended long ago, and of those whose sender left in the middle of the file. */
@Component
class ImportCleanup extends PeriodicWork {

    private static final Duration RECEIVED_WITHIN = Duration.ofHours(1);

    private final ImportJobs jobs;
    private final ImportUploads uploads;
    private final ImportFindings findings;
    private final ImportProperties properties;
    private final InstantSource clock;

    ImportCleanup(
            ImportJobs jobs,
            ImportUploads uploads,
            ImportFindings findings,
            ImportProperties properties,
            InstantSource clock) {
        super(Duration.ofMinutes(1), Duration.ofMinutes(10));
        this.jobs = jobs;
        this.uploads = uploads;
        this.findings = findings;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    protected Mono<Void> run() {
        Instant now = clock.instant();
        return jobs.endedBefore(now.minus(properties.keepFor()), now.minus(RECEIVED_WITHIN))
                .concatMap(job ->
                        uploads.remove(job.id()).then(findings.remove(job.id())).then(jobs.remove(List.of(job.id()))))
                .then();
    }
}
