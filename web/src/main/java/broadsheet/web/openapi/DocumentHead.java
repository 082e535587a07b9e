package broadsheet.web.openapi;

import broadsheet.web.access.AllowedCalls;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the description says of all calls: how they are, and how callers are known. */
final class DocumentHead {

    private static final String CONVENTIONS = "JSON in camelCase, times in UTC (ISO 8601). Errors are problem details "
            + "(RFC 9457); fields and query parameters that a call does not know are errors. Lists answer `items` and "
            + "`nextCursor`, which is null on the last page. An `ETag` is a version; a write to what has one needs "
            + "`If-Match`. Every GET takes HEAD too. The roles that a call needs stand beside its security scheme: an "
            + "EDITOR is an AUTHOR too, an ADMIN is everything.";

    private static final String SESSION = "session";
    private static final String COOKIE = "cookie";
    private static final String TOKEN = "token";
    private static final String SUBSCRIPTION = "subscription";

    private DocumentHead() {}

    static void describe(ObjectNode document, String title) {
        ObjectNode info = document.putObject("info").put("title", title).put("version", version());
        info.put("description", CONVENTIONS);
        info.putObject("license").put("name", "Apache-2.0").put("identifier", "Apache-2.0");
        document.putArray("servers").addObject().put("url", "/");
    }

    static void defineSecurity(ObjectNode schemes) {
        schemes.putObject(SESSION)
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "The `token` that `POST /api/session` answers");
        schemes.putObject(COOKIE)
                .put("type", "apiKey")
                .put("in", "cookie")
                .put("name", "broadsheet_session")
                .put("description", "The same as a cookie, which `POST /api/session` sets");
        schemes.putObject(TOKEN)
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "An API token that `POST /api/tokens` answers, as far as its scopes reach");
        schemes.putObject(SUBSCRIPTION)
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "The `manageToken` of the subscription");
    }

    /** @param caller empty where staff is not known, and the call may have a token of its own */
    static void secure(ObjectNode operation, Optional<AllowedCalls.Caller> caller) {
        if (caller.isPresent() && caller.get().isStaff()) {
            String role = caller.get().role();
            ArrayNode security = operation.putArray("security");
            require(security, SESSION, role);
            require(security, COOKIE, role);
            if (caller.get().byToken()) {
                require(security, TOKEN, role);
            }
        } else if (caller.isEmpty() && OperationErrors.hasParameter(operation, "Authorization")) {
            require(operation.putArray("security"), SUBSCRIPTION, null);
        }
        if (operation.get("parameters") instanceof ArrayNode parameters) {
            parameters.removeIf(
                    parameter -> parameter.path("name").asString("").equals("Authorization")); // said by the scheme
        }
    }

    private static void require(ArrayNode security, String scheme, @Nullable String role) {
        ArrayNode roles = security.addObject().putArray(scheme);
        if (role != null) {
            roles.add(role);
        }
    }

    private static String version() {
        String version = DocumentHead.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
