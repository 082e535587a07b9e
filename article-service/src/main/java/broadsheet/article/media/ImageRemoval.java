package broadsheet.article.media;

import broadsheet.web.precondition.IfMatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Removes pictures that nothing uses: the document is claimed, so that nobody begins to use the picture, then its files are
 * removed, then the document. What a killed process began is ended later.
 */
@Component
class ImageRemoval {

    /** For so long an article that is being saved may still become one that uses the picture. */
    private static final Duration SAVED_WITHIN = Duration.ofMinutes(1);

    private final StoredImages images;
    private final ImageFiles files;
    private final ImageUse use;
    private final InstantSource clock;

    ImageRemoval(StoredImages images, ImageFiles files, ImageUse use, InstantSource clock) {
        this.images = images;
        this.files = files;
        this.use = use;
        this.clock = clock;
    }

    /** Fails with 409 where it is used, or an article that is being saved may use it. */
    Mono<Void> remove(Image image) {
        return use.isUsed(image.id())
                .flatMap(used -> used
                        ? Mono.error(ImageProblems.used(image.id()))
                        : images.beginRemoval(image, now().minus(SAVED_WITHIN), now()))
                .switchIfEmpty(images.stored(image.id())
                        .flatMap(now -> now.version() == image.version()
                                ? Mono.<Image>error(ImageProblems.used(image.id()))
                                : Mono.error(IfMatch.stale("Picture " + image.id())))
                        .switchIfEmpty(Mono.error(() -> ImageProblems.unknown(image.id()))))
                .flatMap(this::finish);
    }

    /** Whether it was removed: it is not where it is used or was since that time. */
    Mono<Boolean> removeUnused(Image image, Instant unusedSince) {
        return use.isUsed(image.id())
                .flatMap(used -> used
                        ? images.use(Set.of(image.id()), now()).then(Mono.<Image>empty())
                        : images.beginRemoval(image, unusedSince, now()))
                .flatMap(claimed -> finish(claimed).thenReturn(true))
                .defaultIfEmpty(false);
    }

    /** Ends what someone began who seems to be gone. */
    Mono<Void> finishIfLeft(Image removed) {
        return removed.changedAt().isBefore(now().minus(SAVED_WITHIN)) ? finish(removed) : Mono.empty();
    }

    private Mono<Void> finish(Image image) {
        return files.remove(
                        image.id(),
                        image.sizes().stream().map(Image.Size::fileName).toList())
                .then(images.endRemoval(image));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
