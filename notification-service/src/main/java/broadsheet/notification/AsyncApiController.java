package broadsheet.notification;

import broadsheet.web.cache.SharedResponses;
import java.io.IOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Serves the description of all events, docs/asyncapi.json, to anyone. */
@RestController
class AsyncApiController {

    /** As the AsyncAPI specification names it. */
    private static final MediaType TYPE = MediaType.parseMediaType("application/vnd.aai.asyncapi+json;version=3.0.0");

    private final byte[] document;

    AsyncApiController() throws IOException {
        this.document = new ClassPathResource("broadsheet/asyncapi.json").getContentAsByteArray();
    }

    @GetMapping("/api/asyncapi")
    ResponseEntity<byte[]> document(ServerWebExchange exchange) {
        SharedResponses.share(exchange, "asyncapi");
        return ResponseEntity.ok().contentType(TYPE).body(document);
    }
}
