package broadsheet.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.testservers.openapi.OpenApiDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The description of every call of the three services, which are all here. */
@StandaloneTest
class OpenApiIntegrationTests {

    private static final int LARGEST = 8 << 20;

    private final RequestMappingHandlerMapping mapping;
    private final OpenApiDocument document;

    OpenApiIntegrationTests(
            @Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            @LocalServerPort int port) {
        this.mapping = mapping;
        this.document = new OpenApiDocument(Objects.requireNonNull(WebClient.builder()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST))
                .build()
                .get()
                .uri("http://localhost:" + port + "/api/openapi")
                .retrieve()
                .bodyToMono(String.class)
                .block()));
    }

    @Test
    void everyRouteIsDescribedAndNothingElse() {
        Set<String> routes = new TreeSet<>();
        mapping.getHandlerMethods()
                .keySet()
                .forEach(route -> route.getPatternsCondition()
                        .getPatterns()
                        .forEach(path -> route.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> routes.add(method + " " + path.getPatternString()))));
        Set<String> described = new TreeSet<>();
        forEachCall((call, operation) -> described.add(call));

        assertThat(described).isEqualTo(routes);
    }

    @Test
    void everyCallAndParameterIsDescribed() {
        Set<String> undescribed = new TreeSet<>();
        forEachCall((call, operation) -> {
            if (operation.path("summary").asString("").isEmpty()) {
                undescribed.add(call);
            }
            operation
                    .path("parameters")
                    .valueStream()
                    .filter(parameter ->
                            parameter.path("description").asString("").isEmpty())
                    .forEach(parameter ->
                            undescribed.add(call + " " + parameter.path("name").asString()));
        });
        assertThat(undescribed)
                .as("what openapi/*.yml of its service says nothing of")
                .isEmpty();
    }

    @Test
    void everyCallHasAnIdOfItsOwn() {
        Set<String> ids = new TreeSet<>();
        forEachCall((call, operation) -> assertThat(
                        ids.add(operation.path("operationId").asString()))
                .as("id of %s", call)
                .isTrue());
    }

    @Test
    void everyExampleFitsItsSchema() {
        List<String> errors = new ArrayList<>();
        forEachCall((call, operation) -> {
            errors.addAll(errors(call, operation.path("requestBody")));
            operation.path("responses").forEach(answer -> errors.addAll(errors(call, document.resolved(answer))));
        });
        assertThat(errors).isEmpty();
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(document.json().findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.json().at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void aListSaysWhatItsItemsMayHave() {
        var page = document.json().at("/paths/~1api~1articles/get/responses/200/content/application~1json/schema/$ref");
        var items = document.json().at(page.asString().substring(1) + "/properties/items/items/$ref");
        var item = document.json().at(items.asString().substring(1));
        assertThat(item.path("properties").propertyNames())
                .contains("title", "hits", "highlights")
                .doesNotContain("chosen", "article");
        assertThat(item.has("required")).isFalse();
    }

    @Test
    void whatOnlyStaffMayCallSaysSo() {
        assertThat(security("/api/articles", "post")).contains("\"session\":[\"AUTHOR\"]", "\"cookie\":[\"AUTHOR\"]");
        assertThat(security("/api/stats/ledger", "get")).contains("\"session\":[\"OPERATOR\"]");
        assertThat(security("/api/subscriptions/{id}", "get")).isEqualTo("[{\"subscription\":[]}]");
        assertThat(security("/api/articles", "get")).isEmpty();
    }

    private String security(String path, String method) {
        return document.json()
                .path("paths")
                .path(path)
                .path(method)
                .path("security")
                .toString();
    }

    private List<String> errors(String call, JsonNode body) {
        return body.path("content")
                .valueStream()
                .filter(content -> content.has("example"))
                .flatMap(content -> document.errors(content.path("schema"), content.path("example")).stream())
                .map(error -> call + ": " + error)
                .toList();
    }

    private void forEachCall(BiConsumer<String, JsonNode> each) {
        for (Map.Entry<String, JsonNode> path : document.json().path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                each.accept(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), method.getValue());
            }
        }
    }
}
