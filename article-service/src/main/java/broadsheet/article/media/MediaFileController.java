package broadsheet.article.media;

import broadsheet.web.cache.SharedResponses;
import broadsheet.web.problem.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The files of pictures: of those that an article shows that readers see, for anyone; of all others, for staff. Their bytes
 * never change, so browsers keep them; the shared cache forgets them with that article.
 */
@RestController
class MediaFileController {

    private static final Logger log = LoggerFactory.getLogger(MediaFileController.class);
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
    private static final String KEPT_BY_BROWSERS = "public, max-age=31536000, immutable, s-maxage=1";

    /** Opened by itself, a file is a picture and nothing else. */
    private static final String A_PICTURE_MAY = "default-src 'none'; sandbox";

    private final StoredImages images;
    private final ImageFiles files;
    private final ImageUse use;

    MediaFileController(StoredImages images, ImageFiles files, ImageUse use) {
        this.images = images;
        this.files = files;
        this.use = use;
    }

    @GetMapping(Image.PATH + "{id}/{file}")
    Mono<ResponseEntity<Flux<DataBuffer>>> file(
            @PathVariable String id,
            @PathVariable String file,
            @Nullable Authentication session,
            ServerWebExchange exchange) {
        return visible(id, session, exchange)
                .flatMap(image -> Mono.justOrEmpty(image.sizes().stream()
                        .filter(size -> size.fileName().equals(file))
                        .findFirst()))
                .map(size -> answer(id, size, exchange))
                .switchIfEmpty(Mono.error(() -> ImageProblems.unknown(id)));
    }

    private Mono<Image> visible(String id, @Nullable Authentication session, ServerWebExchange exchange) {
        if (!ID.matcher(id).matches()) {
            return Mono.empty();
        }
        if (session != null) {
            return images.stored(id);
        }
        return use.publicArticle(id)
                .doOnNext(article -> SharedResponses.share(exchange, "article-" + article))
                .flatMap(article -> images.stored(id));
    }

    private ResponseEntity<Flux<DataBuffer>> answer(String id, Image.Size size, ServerWebExchange exchange) {
        String eTag = '"' + size.hash() + '"';
        var headers = new HttpHeaders();
        headers.setCacheControl(KEPT_BY_BROWSERS);
        headers.setETag(eTag);
        headers.set("Content-Security-Policy", A_PICTURE_MAY);
        headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
        if (exchange.checkNotModified(eTag)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                    .headers(headers)
                    .build();
        }
        headers.setContentType(MediaType.parseMediaType(size.type().mediaType()));
        ByteRange range = HttpMethod.GET.equals(exchange.getRequest().getMethod())
                ? ByteRange.asked(exchange.getRequest().getHeaders(), eTag, size.bytes())
                : ByteRange.whole(size.bytes());
        headers.setContentLength(range.count());
        if (range.isPart()) {
            headers.set(HttpHeaders.CONTENT_RANGE, range.contentRange());
        }
        return ResponseEntity.status(range.isPart() ? HttpStatus.PARTIAL_CONTENT : HttpStatus.OK)
                .headers(headers)
                .body(files.read(id, size.fileName(), range.first(), range.count())
                        .onErrorMap(LostFileException.class, lost -> unknown(lost, id, exchange)));
    }

    /** Where nothing of it was sent: whoever keeps this answer keeps it no longer than any other of its kind. */
    private static ProblemException unknown(LostFileException lost, String id, ServerWebExchange exchange) {
        log.warn("{}; it is answered as unknown until it is there again", lost.getMessage());
        if (!exchange.getResponse().isCommitted()) {
            HttpHeaders headers = exchange.getResponse().getHeaders();
            headers.remove(HttpHeaders.CACHE_CONTROL);
            headers.remove(HttpHeaders.ETAG);
            headers.remove(HttpHeaders.ACCEPT_RANGES);
        }
        return ImageProblems.unknown(id);
    }
}
