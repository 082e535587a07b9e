package broadsheet.article.media;

import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Removes pictures that nothing has used for the time that is set, and what is left of uploads and removals that were cut
 * off: every hour, on every instance, since each step is guarded.
 */
@Component
class UnusedImageRemoval extends PeriodicWork {

    private static final Logger log = LoggerFactory.getLogger(UnusedImageRemoval.class);
    private static final Duration CUT_OFF_AFTER = Duration.ofHours(1);

    private final StoredImages images;
    private final ImageRemoval removal;
    private final ImageFiles files;
    private final IncomingFiles incoming;
    private final Duration unusedKept;
    private final InstantSource clock;

    UnusedImageRemoval(
            StoredImages images,
            ImageRemoval removal,
            ImageFiles files,
            IncomingFiles incoming,
            MediaProperties properties,
            InstantSource clock) {
        super(Duration.ofMinutes(5), Duration.ofHours(1));
        this.images = images;
        this.removal = removal;
        this.files = files;
        this.incoming = incoming;
        this.unusedKept = properties.unusedKept();
        this.clock = clock;
    }

    @Override
    protected Mono<Void> run() {
        Instant now = clock.instant();
        return removed(Image.State.STORED, now.minus(unusedKept))
                .then(removed(Image.State.STORING, now.minus(CUT_OFF_AFTER)))
                .then(images.unchangedSince(Image.State.REMOVING, now.minus(CUT_OFF_AFTER))
                        .concatMap(removal::finishIfLeft)
                        .then())
                .then(files.removeCutOff(now.minus(CUT_OFF_AFTER)))
                .then(incoming.removeOlderThan(now.minus(CUT_OFF_AFTER)));
    }

    private Mono<Void> removed(Image.State state, Instant unusedSince) {
        return images.unchangedSince(state, unusedSince)
                .concatMap(image -> removal.removeUnused(image, unusedSince))
                .filter(removed -> removed)
                .count()
                .doOnNext(count -> {
                    if (count > 0) {
                        log.info("{} pictures that nothing used were removed", count);
                    }
                })
                .then();
    }
}
