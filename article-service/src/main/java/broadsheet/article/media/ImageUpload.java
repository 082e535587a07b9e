package broadsheet.article.media;

import broadsheet.web.problem.InvalidFieldException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.multipart.FilePartEvent;
import org.springframework.http.codec.multipart.FormPartEvent;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.web.server.ServerWebInputException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The parts of an upload in whatever order they come: {@code file}, and what is said of the picture. */
final class ImageUpload {

    private final IncomingFiles incoming;
    private volatile boolean refused;
    private @Nullable Path file;
    private @Nullable String alt;
    private @Nullable String credit;

    private ImageUpload(IncomingFiles incoming) {
        this.incoming = incoming;
    }

    /**
     * The upload, whose file whoever receives it removes.
     *
     * @param eventLoop of the connection: Spring's parser of forms is cancelled there alone, since a thread that cancels it
     *     while another one parses releases bytes twice
     */
    static Mono<ImageUpload> receive(Flux<PartEvent> parts, Scheduler eventLoop, IncomingFiles incoming) {
        return Mono.defer(() -> {
            var upload = new ImageUpload(incoming);
            return parts.cancelOn(eventLoop)
                    .filter(upload::takesMore)
                    .windowUntil(PartEvent::isLast)
                    .concatMap(part -> part.switchOnFirst((first, events) -> {
                                PartEvent begins = first.get();
                                return begins == null ? events.then() : upload.take(begins, events);
                            })
                            .doOnError(e -> upload.refused = true))
                    .then(Mono.fromSupplier(upload::complete))
                    .doOnDiscard(PartEvent.class, event -> DataBufferUtils.release(event.content()))
                    .onErrorMap(ServerWebInputException.class, ImageUpload::unreadable)
                    .onErrorResume(e -> upload.remove().then(Mono.error(e)));
        });
    }

    /** What comes until the parser is cancelled is of no use. */
    private boolean takesMore(PartEvent event) {
        return !refused;
    }

    private Mono<Void> take(PartEvent begins, Flux<PartEvent> events) {
        if (begins instanceof FilePartEvent && begins.name().equals("file") && file == null) {
            return incoming.receive(events.map(PartEvent::content))
                    .doOnNext(received -> file = received)
                    .then();
        }
        if (begins instanceof FormPartEvent form) {
            return events.then(Mono.fromRunnable(() -> take(form)));
        }
        return events.then(Mono.error(() -> new InvalidFieldException(
                begins.name(), file == null ? "is not a file of this call" : "takes one file")));
    }

    private void take(FormPartEvent field) {
        String value = field.value().strip();
        switch (field.name()) {
            case "alt" -> alt = once(alt, ImageDescription.alt(value), "alt");
            case "credit" -> credit = once(credit, ImageDescription.credit(value), "credit");
            case "file" -> throw new InvalidFieldException("file", "has no file name, so it is not a file");
            default -> throw new InvalidFieldException(field.name(), "is not a field of this call");
        }
    }

    private static @Nullable String once(@Nullable String before, String value, String field) {
        if (before != null) {
            throw new InvalidFieldException(field, "takes one value");
        }
        return value;
    }

    private ImageUpload complete() {
        file();
        return this;
    }

    private static InvalidFieldException unreadable(ServerWebInputException e) {
        return new InvalidFieldException("body", "is no multipart/form-data that can be read");
    }

    Path file() {
        if (file == null) {
            throw new InvalidFieldException("file", "is missing");
        }
        return file;
    }

    @Nullable String alt() {
        return alt;
    }

    @Nullable String credit() {
        return credit;
    }

    Mono<Void> remove() {
        return file == null ? Mono.empty() : incoming.remove(file);
    }
}
