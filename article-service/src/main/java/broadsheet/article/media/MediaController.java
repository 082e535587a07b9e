package broadsheet.article.media;

import broadsheet.article.workflow.StaffMember;
import broadsheet.web.audit.AuditEntry;
import broadsheet.web.paging.Page;
import broadsheet.web.precondition.IfMatch;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;

/** Staff's pictures: brought, described, listed, removed. */
@RestController
@RequestMapping("/api/media")
class MediaController {

    private final Images images;
    private final StoredImages stored;
    private final ImageRemoval removal;
    private final IncomingFiles incoming;

    MediaController(Images images, StoredImages stored, ImageRemoval removal, IncomingFiles incoming) {
        this.images = images;
        this.stored = stored;
        this.removal = removal;
        this.incoming = incoming;
    }

    /** 201 once all sizes are stored; 200 with what is there where the same picture came before. */
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Mono<ResponseEntity<ImageResponse>> add(
            @RequestBody Flux<PartEvent> parts, Authentication author, ServerHttpRequest request) {
        OwnPageForms.require(request);
        return Mono.usingWhen(
                ImageUpload.receive(parts, eventLoop(request), incoming),
                upload -> images.add(upload.file(), upload.alt(), upload.credit(), author.getName())
                        .map(added -> answerAdded(added, author)),
                ImageUpload::remove);
    }

    @GetMapping
    Mono<Page<ImageResponse>> list(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int most = Page.limit(limit);
        String words = q == null || q.isBlank() ? null : ImageDescription.query(q.strip());
        return stored.list(words, cursor == null ? null : ImageCursor.parse(cursor), most + 1)
                .collectList()
                .map(found -> Page.of(found, most, ImageResponse::of, ImageCursor::of));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<ImageResponse>> one(@PathVariable String id) {
        return known(id).map(image -> answer(ResponseEntity.ok(), image));
    }

    @PutMapping("/{id}")
    Mono<ResponseEntity<ImageResponse>> describe(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody Description request,
            Authentication author) {
        return known(id)
                .doOnNext(image -> IfMatch.required(ifMatch, image.version(), thing(id)))
                .flatMap(image -> stored.describe(image, strip(request.alt), strip(request.credit)))
                .switchIfEmpty(Mono.error(() -> IfMatch.stale(thing(id))))
                .doOnNext(image -> audit("media-described", image, author))
                .map(image -> answer(ResponseEntity.ok(), image));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Authentication author) {
        return known(id)
                .doOnNext(image -> {
                    if (!image.uploadedBy().equals(author.getName()) && !StaffMember.isEditor(author)) {
                        throw ImageProblems.ofSomeoneElse();
                    }
                    IfMatch.required(ifMatch, image.version(), thing(id));
                })
                .flatMap(image -> removal.remove(image).doOnSuccess(removed -> audit("media-removed", image, author)));
    }

    private Mono<Image> known(String id) {
        return stored.stored(id).switchIfEmpty(Mono.error(() -> ImageProblems.unknown(id)));
    }

    private static ResponseEntity<ImageResponse> answerAdded(Images.Added added, Authentication author) {
        Image image = added.image();
        URI location = URI.create("/api/media/" + image.id());
        if (!added.isNew()) {
            return answer(ResponseEntity.ok().location(location), image);
        }
        audit("media-added", image, author);
        return answer(ResponseEntity.created(location), image);
    }

    private static ResponseEntity<ImageResponse> answer(ResponseEntity.BodyBuilder response, Image image) {
        return response.eTag(Long.toString(image.version())).body(ImageResponse.of(image));
    }

    private static void audit(String kind, Image image, Authentication author) {
        AuditEntry.of(kind)
                .with("media", image.id())
                .with("by", author.getName())
                .log();
    }

    private static Scheduler eventLoop(ServerHttpRequest request) {
        Object connected = ServerHttpRequestDecorator.getNativeRequest(request);
        return connected instanceof Connection netty
                ? Schedulers.fromExecutor(netty.channel().eventLoop())
                : Schedulers.immediate();
    }

    private static String thing(String id) {
        return "Picture " + id;
    }

    private static @Nullable String strip(@Nullable String text) {
        return text == null ? null : text.strip();
    }

    /** What is said of a picture; what is left out is said no longer. */
    record Description(
            @Nullable @Size(max = ImageDescription.MAX_ALT) @Pattern(regexp = ImageDescription.ONE_LINE, message = ImageDescription.NO_CONTROLS) String alt,

            @Nullable @Size(max = ImageDescription.MAX_CREDIT) @Pattern(regexp = ImageDescription.ONE_LINE, message = ImageDescription.NO_CONTROLS) String credit) {}
}
