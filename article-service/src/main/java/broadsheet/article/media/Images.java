package broadsheet.article.media;

import broadsheet.article.media.imaging.ConvertedImage;
import broadsheet.article.media.imaging.ImageConverter;
import broadsheet.article.media.imaging.UnusableImageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Takes pictures in, whoever brings them: an upload, an import. */
@Component
public class Images {

    private static final Duration ASKED_AGAIN = Duration.ofMillis(100);
    private static final int ASKED_TIMES = 30;

    private final StoredImages images;
    private final ImageFiles files;
    private final ImageRemoval removal;
    private final IncomingFiles incoming;
    private final Scheduler converting;
    private final SingletonSupplier<ImageConverter> converter;
    private final ImageMetrics metrics;
    private final InstantSource clock;

    Images(
            StoredImages images,
            ImageFiles files,
            ImageRemoval removal,
            IncomingFiles incoming,
            MediaProperties properties,
            @Qualifier("imageConverting") Scheduler converting,
            ImageMetrics metrics,
            InstantSource clock) {
        this.images = images;
        this.files = files;
        this.removal = removal;
        this.incoming = incoming;
        this.converting = converting;
        this.converter = SingletonSupplier.of(() -> new ImageConverter(properties.limits()));
        this.metrics = metrics;
        this.clock = clock;
    }

    /** A picture that was taken in, and whether it was not there before. */
    public record Added(Image image, boolean isNew) {}

    /**
     * Takes in the picture of a file that is received, which ends once its sizes are stored. One that is there keeps what is
     * said of it. Fails with a problem where no picture can be made of the file, and with a 503 while too many wait.
     *
     * @param by a username
     */
    public Mono<Added> add(Flux<DataBuffer> file, @Nullable String alt, @Nullable String credit, String by) {
        return Mono.usingWhen(incoming.receive(file), received -> add(received, alt, credit, by), incoming::remove);
    }

    Mono<Added> add(Path file, @Nullable String alt, @Nullable String credit, String by) {
        return Mono.fromCallable(metrics.timed(() -> converter.obtain().convert(Files.readAllBytes(file))))
                .subscribeOn(converting)
                .doOnError(UnusableImageException.class, e -> metrics.refused(e.reason()))
                .doOnError(RejectedExecutionException.class, e -> metrics.refusedAsBusy())
                .onErrorMap(UnusableImageException.class, ImageProblems::of)
                .onErrorMap(RejectedExecutionException.class, e -> ImageProblems.tooManyWaiting())
                .flatMap(made -> add(made, alt, credit, by));
    }

    /** Those of the pictures that are not there; none of the others is removed before an article that is saved now is. */
    public Mono<Set<String>> use(Set<String> ids) {
        return ids.isEmpty() ? Mono.just(Set.of()) : images.use(ids, now());
    }

    /** Those of the pictures that are there. */
    public Flux<Image> stored(Collection<String> ids) {
        return images.stored(ids);
    }

    private Mono<Added> add(ConvertedImage made, @Nullable String alt, @Nullable String credit, String by) {
        List<Image.Size> sizes = made.sizes().stream()
                .map(size -> Image.Size.of(size, FileHash.of(size.bytes())))
                .toList();
        Image image = Image.storing(made, sizes, alt, credit, by, now());
        return images.add(image)
                .onErrorResume(DuplicateKeyException.class, e -> images.byId(image.id()))
                .flatMap(known -> switch (known.state()) {
                    case STORED -> Mono.just(new Added(known, false));
                    case STORING -> stored(known, made);
                    case REMOVING -> removal.finishIfLeft(known).then(Mono.<Added>empty());
                })
                .repeatWhenEmpty(ASKED_TIMES, empty -> empty.delayElements(ASKED_AGAIN))
                .onErrorMap(IllegalStateException.class, e -> ImageProblems.beingRemoved());
    }

    /** Also those of one that was begun before, whose writer may be gone. Empty where it is being removed. */
    private Mono<Added> stored(Image image, ConvertedImage made) {
        return Flux.fromIterable(made.sizes())
                .concatMap(size ->
                        files.write(image.id(), size.width() + "." + size.type().ending(), size.bytes()))
                .then(images.filesAreStored(image, now()).map(stored -> new Added(stored, true)))
                .switchIfEmpty(images.stored(image.id()).map(stored -> new Added(stored, false)));
    }

    /** MongoDB keeps milliseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
