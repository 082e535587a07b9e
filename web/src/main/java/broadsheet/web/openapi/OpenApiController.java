package broadsheet.web.openapi;

import broadsheet.web.cache.SharedResponses;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Serves the description of all calls to anyone; made when it is first asked for. */
@RestController
class OpenApiController {

    private final Mono<byte[]> document;

    OpenApiController(ApiDocument description) {
        this.document = Mono.fromCallable(description::make)
                .subscribeOn(Schedulers.boundedElastic())
                .cache();
    }

    @GetMapping(path = "/api/openapi", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<byte[]>> document(ServerWebExchange exchange) {
        SharedResponses.share(exchange, "openapi");
        return document.map(ResponseEntity::ok);
    }
}
