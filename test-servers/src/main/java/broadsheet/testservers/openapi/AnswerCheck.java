package broadsheet.testservers.openapi;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.ApplicationContext;
import org.springframework.core.PriorityOrdered;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

/**
 * Looks at every answer of a service, whoever gives it: before all other handlers. One that its OpenAPI document does not
 * describe becomes a 500 that says why, so that the test fails.
 */
final class AnswerCheck implements HttpHandlerDecoratorFactory, PriorityOrdered {

    private static final String DOCUMENT = "/api/openapi";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** By the controllers that they describe. */
    private static final Map<String, CompletableFuture<OpenApiDocument>> DOCUMENTS = new ConcurrentHashMap<>();

    private final ApplicationContext context;

    AnswerCheck(ApplicationContext context) {
        this.context = context;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public HttpHandler apply(HttpHandler next) {
        return (request, response) -> request.getPath().value().equals(DOCUMENT)
                ? next.handle(request, response)
                : next.handle(request, new CheckedResponse(request, response, Mono.defer(this::document)));
    }

    private Mono<OpenApiDocument> document() {
        String controllers = String.join(" ", context.getBeanNamesForAnnotation(Controller.class));
        return Mono.fromFuture(DOCUMENTS.computeIfAbsent(controllers, any -> fetch()), true);
    }

    private CompletableFuture<OpenApiDocument> fetch() {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + DOCUMENT))
                .build();
        return HTTP.sendAsync(request, BodyHandlers.ofString()).thenApply(answer -> new OpenApiDocument(answer.body()));
    }
}
