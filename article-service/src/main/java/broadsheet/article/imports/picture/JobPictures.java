package broadsheet.article.imports.picture;

import broadsheet.article.media.Image;
import broadsheet.article.media.Images;
import broadsheet.web.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** The pictures of one import's articles, each taken in once. */
public final class JobPictures implements AutoCloseable {

    private static final Pattern REMOTE = Pattern.compile("(?i)(?:https?:)?//.*");
    private static final Pattern OTHER_SCHEME = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:.*");
    private static final int MOST_REMEMBERED = 50_000;
    private static final int FAILURES_OF_HOST = 3;
    private static final int RETRIES = 8;
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final Images images;
    private final PictureFetcher fetcher;
    private final @Nullable PictureArchive archive;
    private final boolean fetch;
    private final String by;
    private final int mostPerArticle;
    private final Map<String, Mono<Taken>> known = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();

    JobPictures(
            Images images,
            PictureFetcher fetcher,
            @Nullable PictureArchive archive,
            boolean fetch,
            String by,
            int mostPerArticle) {
        this.images = images;
        this.fetcher = fetcher;
        this.archive = archive;
        this.fetch = fetch;
        this.by = by;
        this.mostPerArticle = mostPerArticle;
    }

    /**
     * What became of a picture.
     *
     * @param url where it is here; null where it was not taken in
     * @param why it was not
     */
    public record Taken(@Nullable String url, String why) {}

    /** Whether pictures at such an address are taken in at all. */
    public boolean concerns(String address) {
        if (address.isBlank() || address.startsWith(Image.PATH)) {
            return false;
        } else if (REMOTE.matcher(address).matches()) {
            return fetch;
        }
        return archive != null && !OTHER_SCHEME.matcher(address).matches();
    }

    /** Whether those of other sites are. */
    public boolean fetches() {
        return fetch;
    }

    public int mostPerArticle() {
        return mostPerArticle;
    }

    /**
     * A picture, taken in unless it has been before.
     *
     * @param file of the archive that shows it
     */
    public Mono<Taken> take(String file, String address) {
        return REMOTE.matcher(address).matches() ? once(address, fetched(address)) : archived(file, address);
    }

    private Mono<Taken> once(String key, Mono<Taken> taken) {
        if (known.size() >= MOST_REMEMBERED) {
            return known.getOrDefault(key, taken);
        }
        return known.computeIfAbsent(key, unknown -> taken.cache());
    }

    private Mono<Taken> archived(String file, String address) {
        PictureArchive pictures = Objects.requireNonNull(archive);
        return Mono.fromCallable(() -> pictures.first(ArchivedPaths.of(file, address)))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(name ->
                        once("/" + name, taken(add(pictures.content(name).subscribeOn(Schedulers.boundedElastic())))))
                .switchIfEmpty(Mono.just(new Taken(null, "it is not in the archive")))
                .onErrorResume(IOException.class, e -> Mono.just(new Taken(null, "the archive cannot be read")));
    }

    private Mono<Taken> fetched(String address) {
        return taken(Mono.fromCallable(() -> PictureFetcher.uri(address)).flatMap(uri -> {
            AtomicInteger failed = failures.computeIfAbsent(host(uri), host -> new AtomicInteger());
            if (failed.get() >= FAILURES_OF_HOST) {
                return Mono.error(new NoPictureException("its host gave no answer before"));
            }
            return fetcher.fetch(uri, this::add)
                    .doOnError(NoPictureException.NoAnswer.class, e -> failed.incrementAndGet());
        }));
    }

    private static String host(URI uri) {
        return uri.getHost() + ":" + uri.getPort();
    }

    private Mono<String> add(Flux<DataBuffer> file) {
        return images.add(file, null, null, by).map(added -> added.image().url());
    }

    /** While others have their pictures converted. */
    private static Retry later() {
        return Retry.backoff(RETRIES, WAIT)
                .filter(e -> e instanceof ProblemException problem
                        && problem.getStatusCode().equals(HttpStatus.SERVICE_UNAVAILABLE))
                .onRetryExhaustedThrow((retry, signal) -> signal.failure());
    }

    private static Mono<Taken> taken(Mono<String> url) {
        return url.retryWhen(later())
                .map(added -> new Taken(added, ""))
                .onErrorResume(
                        NoPictureException.class, e -> Mono.just(new Taken(null, String.valueOf(e.getMessage()))))
                .onErrorResume(ProblemException.class, e -> Mono.just(new Taken(null, refusal(e))));
    }

    private static String refusal(ProblemException e) {
        return String.valueOf(e.getBody().getDetail());
    }

    @Override
    public void close() throws IOException {
        if (archive != null) {
            archive.close();
        }
    }
}
