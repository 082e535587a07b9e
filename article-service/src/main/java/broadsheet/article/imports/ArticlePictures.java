package broadsheet.article.imports;

import broadsheet.article.content.MediaReferences;
import broadsheet.article.imports.picture.JobPictures;
import broadsheet.article.media.Images;
import broadsheet.article.store.ImportedArticles.Known;
import broadsheet.article.store.ImportedArticles.KnownArticles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets articles show pictures of ours instead of those that they came with. The fingerprint says how many were missing, so that
 * an article whose pictures are all here is not asked for them again, and one whose are not is.
 */
final class ArticlePictures {

    private static final Logger log = LoggerFactory.getLogger(ArticlePictures.class);
    private static final int ARTICLES_AT_ONCE = 4;
    private static final int MOST_NOTES = 10;

    private final JobPictures pictures;
    private final Images images;

    ArticlePictures(JobPictures pictures, Images images) {
        this.pictures = pictures;
        this.images = images;
    }

    /** The same articles with their pictures, none of which is removed before they are stored. */
    Mono<List<NumberedItem>> take(List<NumberedItem> round, KnownArticles known) {
        return Flux.fromIterable(round)
                .flatMapSequential(
                        item -> take(item, known.byId().get(ready(item).id())), ARTICLES_AT_ONCE)
                .collectList()
                .flatMap(this::keep);
    }

    private Mono<NumberedItem> take(NumberedItem item, @Nullable Known known) {
        PreparedArticle ready = ready(item);
        Set<String> wanted = new LinkedHashSet<>(ready.pictures());
        wanted.removeIf(address -> !pictures.concerns(address));
        if (wanted.isEmpty() || staysAsItIs(ready, known)) {
            return Mono.just(item);
        }
        return Flux.fromIterable(wanted)
                .take(pictures.mostPerArticle())
                .concatMap(
                        address -> pictures.take(item.item().item(), address).map(taken -> Map.entry(address, taken)))
                .collectList()
                .map(taken -> {
                    NumberedItem shown = with(item, taken, wanted.size() - taken.size());
                    return hasMoreAlready(ready(shown), ready, known) ? item : shown;
                })
                .onErrorResume(e -> {
                    if (e instanceof DataAccessException) {
                        return Mono.error(e);
                    }
                    log.error(
                            "The pictures of {} cannot be taken in", item.item().item(), e);
                    return Mono.just(item.noted(List.of("has pictures that were not taken in; the log says why")));
                });
    }

    /** Whether as many pictures of it were taken in before: one that is gone from its site since stays here. */
    private static boolean hasMoreAlready(PreparedArticle shown, PreparedArticle asRead, @Nullable Known known) {
        String before =
                known == null || known.mark() == null ? "" : known.mark().fingerprint();
        String now = shown.fingerprint();
        int kind = asRead.fingerprint().length() + 2;
        return before.length() > kind
                && before.startsWith(now.substring(0, kind))
                && missing(before, kind) <= missing(now, kind);
    }

    private static int missing(String fingerprint, int from) {
        return Integer.parseInt(fingerprint.substring(from, fingerprint.length() - 1));
    }

    /** Also one that was changed here since it was imported, or was not imported. */
    private boolean staysAsItIs(PreparedArticle ready, @Nullable Known known) {
        if (known == null) {
            return false;
        }
        return known.mark() == null
                || known.mark().version() != known.version()
                || known.mark().fingerprint().startsWith(ready.withPictures(true, 0))
                || (!pictures.fetches() && known.mark().fingerprint().startsWith(ready.withPictures(false, 0)));
    }

    private NumberedItem with(NumberedItem item, List<Map.Entry<String, JobPictures.Taken>> all, int untried) {
        var urls = new LinkedHashMap<String, String>();
        var notes = new ArrayList<String>();
        for (Map.Entry<String, JobPictures.Taken> one : all) {
            String url = one.getValue().url();
            if (url != null) {
                urls.put(one.getKey(), url);
            } else if (notes.size() < MOST_NOTES) {
                notes.add("shows a picture that was not taken in, as "
                        + one.getValue().why() + ": " + shortened(one.getKey()));
            }
        }
        int missing = all.size() - urls.size() + untried;
        if (missing > notes.size()) {
            notes.add("shows " + (missing - notes.size()) + " more pictures that were not taken in");
        }
        PreparedArticle ready = ready(item);
        return item.noted(notes).prepared(ready.showing(urls, ready.withPictures(pictures.fetches(), missing)));
    }

    private Mono<List<NumberedItem>> keep(List<NumberedItem> round) {
        var ids = new LinkedHashSet<String>();
        round.forEach(item -> ids.addAll(references(item)));
        return images.use(ids)
                .map(missing -> missing.isEmpty()
                        ? round
                        : round.stream().map(item -> noted(item, missing)).toList());
    }

    private static NumberedItem noted(NumberedItem item, Set<String> missing) {
        Set<String> lost = new LinkedHashSet<>(references(item));
        lost.retainAll(missing);
        return lost.isEmpty()
                ? item
                : item.noted(List.of("shows pictures of this site that are not here: " + String.join(", ", lost)));
    }

    private static Set<String> references(NumberedItem item) {
        PreparedArticle ready = ready(item);
        var ids = new LinkedHashSet<>(MediaReferences.in(ready.body().html()));
        if (ready.coverImage() != null) {
            ids.addAll(MediaReferences.in(ready.coverImage()));
        }
        if (ready.correctionBody() != null) {
            ids.addAll(MediaReferences.in(ready.correctionBody().html()));
        }
        return ids;
    }

    private static String shortened(String address) {
        return address.length() > 200 ? address.substring(0, 199) + "…" : address;
    }

    private static PreparedArticle ready(NumberedItem item) {
        return Objects.requireNonNull(item.ready());
    }
}
