package broadsheet.article.imports;

import broadsheet.web.audit.AuditEntry;
import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes a file in: a job waits for its turn once the whole file is in the store. */
@Component
class ImportReception {

    private static final Duration LATER = Duration.ofMinutes(1);

    private final ImportJobs jobs;
    private final ImportUploads uploads;
    private final ImportRunner runner;
    private final ImportProperties properties;
    private final InstantSource clock;

    ImportReception(
            ImportJobs jobs,
            ImportUploads uploads,
            ImportRunner runner,
            ImportProperties properties,
            InstantSource clock) {
        this.jobs = jobs;
        this.uploads = uploads;
        this.runner = runner;
        this.properties = properties;
        this.clock = clock;
    }

    /** @param length negative where the sender does not say */
    Mono<ImportJob> take(Flux<DataBuffer> file, long length, ImportOptions options, String by) {
        long maxSize = properties.maxSize().toBytes();
        if (length > maxSize) {
            return Mono.error(ImportUploads.tooLarge(maxSize));
        }
        ImportJob job = ImportJob.receiving(
                UuidCreator.getTimeOrderedEpoch().toString(),
                options,
                by,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return jobs.countUnfinished()
                .filter(waiting -> waiting < properties.maxWaiting())
                .switchIfEmpty(Mono.error(() -> ProblemException.tooManyRequests(
                        "Too many imports wait for their turn; try again later", LATER)))
                .flatMap(waiting -> jobs.add(job))
                .flatMap(added -> receive(added, file, maxSize));
    }

    private Mono<ImportJob> receive(ImportJob job, Flux<DataBuffer> file, long maxSize) {
        return uploads.store(job.id(), file, maxSize)
                .filter(size -> size > 0)
                .switchIfEmpty(Mono.error(() -> new InvalidFieldException("body", "is missing")))
                .flatMap(size -> jobs.queue(job.id(), size))
                .doOnNext(this::received)
                .onErrorResume(e -> drop(job).onErrorComplete().then(Mono.error(e)));
    }

    private void received(ImportJob job) {
        AuditEntry.of("import-received")
                .with("import", job.id())
                .with("format", job.options().format())
                .with("dryRun", job.options().dryRun())
                .with("alerts", job.options().alerts())
                .with("fetchImages", job.options().fetchImages())
                .with("bytes", job.size())
                .with("by", job.by())
                .log();
        runner.nudge();
    }

    private Mono<Void> drop(ImportJob job) {
        return uploads.remove(job.id()).then(jobs.remove(List.of(job.id())));
    }

    /** Empty where it has ended before. */
    Mono<ImportJob> cancel(String id) {
        return jobs.cancel(id, clock.instant()).delayUntil(job -> uploads.remove(id));
    }
}
