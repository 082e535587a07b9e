package broadsheet.article.imports;

import broadsheet.article.imports.ImportJob.State;
import broadsheet.article.imports.format.ImportFormat;
import broadsheet.article.imports.format.ImportItem;
import broadsheet.article.imports.format.ItemReader;
import broadsheet.article.imports.format.UnreadableFileException;
import broadsheet.article.imports.picture.ImportPictures;
import broadsheet.article.imports.picture.JobPictures;
import broadsheet.article.media.IncomingFiles;
import broadsheet.web.audit.AuditEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * One job from where it stands to its end, batch by batch: what became of a batch is stored once its articles are, so that a
 * run that goes on after a crash at most imports one batch again, which changes nothing.
 */
@Component
class ImportRun {

    private static final Logger log = LoggerFactory.getLogger(ImportRun.class);
    private static final Duration HOLD_EVERY = ImportRunner.HELD_FOR.dividedBy(3);
    private static final int MOST_ATTEMPTS = 20;
    private static final int BATCH = 100;
    /** Of articles that wait for other sites, so that progress can be seen. */
    private static final int SMALL_BATCH = 10;

    private final ImportJobs jobs;
    private final ImportUploads uploads;
    private final ImportFindings findings;
    private final ImportBatches batches;
    private final IncomingFiles incoming;
    private final ImportMetrics metrics;
    private final ImportPictures pictures;
    private final InstantSource clock;

    ImportRun(
            ImportJobs jobs,
            ImportUploads uploads,
            ImportFindings findings,
            ImportBatches batches,
            IncomingFiles incoming,
            ImportMetrics metrics,
            ImportPictures pictures,
            InstantSource clock) {
        this.jobs = jobs;
        this.uploads = uploads;
        this.findings = findings;
        this.batches = batches;
        this.incoming = incoming;
        this.metrics = metrics;
        this.pictures = pictures;
        this.clock = clock;
    }

    /** Fails where the store is away, or the job is another run's by now; then it stands where it stood. */
    Mono<Void> run(ImportJob job, String holder) {
        if (job.attempts() > MOST_ATTEMPTS) {
            return finish(job, holder, State.FAILED, "It got no further; the log says why");
        }
        return Mono.firstWithSignal(work(job, holder), holding(job, holder))
                .then(Mono.defer(() -> finish(job, holder, State.DONE, null)))
                .onErrorResume(
                        UnreadableFileException.class,
                        e -> finish(job, holder, State.FAILED, String.valueOf(e.getMessage())))
                .onErrorResume(LostJobException.class, e -> Mono.empty());
    }

    private Mono<Void> work(ImportJob job, String holder) {
        return Mono.usingWhen(
                Mono.fromCallable(incoming::newFile).subscribeOn(Schedulers.boundedElastic()),
                file -> uploads.copyTo(file, job.id())
                        .then(Mono.defer(() -> counted(job, holder, file)))
                        .then(Mono.defer(() -> importAll(job, holder, file))),
                ImportRun::delete);
    }

    private Mono<Void> counted(ImportJob job, String holder, Path file) {
        return job.total() != null
                ? Mono.empty()
                : Mono.fromCallable(() -> count(job, file))
                        .subscribeOn(Schedulers.boundedElastic())
                        .flatMap(total -> jobs.counted(job.id(), holder, total))
                        .doOnNext(ImportRun::requireHeld)
                        .then();
    }

    /** Those that can be read: a file that cannot be read to its end says so once the import comes there. */
    private static long count(ImportJob job, Path file) throws IOException {
        long articles = 0;
        try (ItemReader reader = job.options().format().read(file)) {
            for (ImportItem item = reader.next(); item != null; item = reader.next()) {
                articles += item instanceof ImportItem.ReadCategory ? 0 : 1;
            }
        } catch (UnreadableFileException e) {
            log.debug("The import {} ends early", job.id(), e);
        }
        return articles;
    }

    private Mono<Void> importAll(ImportJob job, String holder, Path file) {
        ImportOptions options = job.options();
        Path archive = options.format() == ImportFormat.MARKDOWN ? file : null;
        return Mono.usingWhen(
                Mono.fromSupplier(() -> pictures.open(archive, options.fetchImages(), job.by())),
                opened -> importAll(job, holder, file, opened),
                ImportRun::close);
    }

    private static Mono<Void> close(JobPictures opened) {
        return Mono.<Void>fromCallable(() -> {
                    opened.close();
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private Mono<Void> importAll(ImportJob job, String holder, Path file, JobPictures opened) {
        var counts = new AtomicReference<>(job.counts());
        var unreadable = new AtomicReference<@Nullable UnreadableFileException>();
        return batches.begin(job, opened)
                .flatMapMany(batch -> prepared(job, file, batch)
                        .onErrorResume(UnreadableFileException.class, e -> {
                            unreadable.set(e); // what comes before it is imported first
                            return Flux.empty();
                        })
                        .bufferUntil(new BatchLimit(job.options().fetchImages() ? SMALL_BATCH : BATCH))
                        .concatMap(
                                articles ->
                                        batch.apply(articles).flatMap(result -> stored(job, holder, result, counts)),
                                1))
                .then(Mono.defer(() -> {
                    UnreadableFileException end = unreadable.get();
                    return end == null ? Mono.empty() : Mono.error(end);
                }));
    }

    /** The articles from where the job stands on, read and made ready on a thread that may wait. */
    private static Flux<NumberedItem> prepared(ImportJob job, Path file, ImportBatch batch) {
        long done = job.counts().done();
        return Flux.<NumberedItem, NumberedItems>generate(
                        () -> new NumberedItems(job.options().format().read(file)),
                        (items, sink) -> {
                            try {
                                NumberedItem next = items.next();
                                if (next == null) {
                                    sink.complete();
                                } else {
                                    sink.next(next);
                                }
                            } catch (IOException e) {
                                sink.error(e);
                            }
                            return items;
                        },
                        NumberedItems::close)
                .filter(item -> item.number() >= done || item.item() instanceof ImportItem.ReadCategory)
                .map(batch::prepared)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private Mono<Boolean> stored(
            ImportJob job, String holder, ImportResult result, AtomicReference<ImportCounts> counts) {
        return findings.store(job.id(), result.findings())
                .then(Mono.defer(() -> {
                    ImportCounts sum = counts.updateAndGet(before -> before.plus(result.counts()));
                    return jobs.progress(job.id(), holder, sum);
                }))
                .doOnNext(ImportRun::requireHeld);
    }

    /** Never ends while the run holds its job. */
    private Mono<Void> holding(ImportJob job, String holder) {
        return Flux.interval(HOLD_EVERY)
                .onBackpressureDrop()
                .concatMap(
                        tick -> jobs.hold(job.id(), holder, clock.instant().plus(ImportRunner.HELD_FOR))
                                .doOnNext(ImportRun::requireHeld),
                        0)
                .then();
    }

    private static void requireHeld(boolean held) {
        if (!held) {
            throw new LostJobException();
        }
    }

    private Mono<Void> finish(ImportJob job, String holder, State state, @Nullable String failure) {
        return jobs.finish(job.id(), holder, state, failure, clock.instant())
                .filter(finished -> finished)
                .doOnNext(finished -> metrics.count(state))
                .flatMap(finished -> uploads.remove(job.id()).then(jobs.byId(job.id())))
                .doOnNext(ended -> AuditEntry.of("import-ended")
                        .with("import", ended.id())
                        .with("state", ended.state())
                        .with("created", ended.counts().created())
                        .with("updated", ended.counts().updated())
                        .with("refused", ended.counts().refused())
                        .with("by", ended.by())
                        .log())
                .then();
    }

    private static Mono<Void> delete(Path file) {
        return Mono.<Void>fromRunnable(() -> {
                    try {
                        Files.deleteIfExists(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    /** Another run has the job, or it was cancelled. */
    private static final class LostJobException extends RuntimeException {

        private static final long serialVersionUID = 1;

        LostJobException() {
            super("The job is no longer this run's", null, false, false);
        }
    }
}
