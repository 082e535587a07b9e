package broadsheet.web.openapi;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the description of a call says that no signature does.
 *
 * @param parameters description of each, or what else its schema says
 * @param request an example of the body
 * @param requestType of the body, where it is not JSON: media types
 * @param form the parts of a multipart body, {@code file} a file
 * @param statuses of success, where not the one of the signature
 * @param type media types of the answer, where it is not only JSON
 * @param answer an example
 * @param errors statuses that the call has beside those that all of its kind have
 * @param idempotent whether it takes an {@code Idempotency-Key}
 */
record OperationNote(
        String summary,
        @Nullable String description,
        Map<String, JsonNode> parameters,
        @Nullable JsonNode request,
        List<String> requestType,
        Map<String, String> form,
        List<Integer> statuses,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> type,

        @Nullable JsonNode answer,
        List<Integer> errors,
        @Nullable Boolean idempotent) {

    OperationNote(
            @Nullable String summary,
            @Nullable String description,
            @Nullable Map<String, JsonNode> parameters,
            @Nullable JsonNode request,
            @Nullable List<String> requestType,
            @Nullable Map<String, String> form,
            @Nullable List<Integer> statuses,
            @Nullable List<String> type,
            @Nullable JsonNode answer,
            @Nullable List<Integer> errors,
            @Nullable Boolean idempotent) {
        this.summary = summary == null ? "" : summary;
        this.description = description;
        this.parameters = parameters == null ? Map.of() : parameters;
        this.request = request;
        this.requestType = requestType == null ? List.of() : requestType;
        this.form = form == null ? Map.of() : form;
        this.statuses = statuses == null ? List.of() : statuses;
        this.type = type == null ? List.of() : type;
        this.answer = answer;
        this.errors = errors == null ? List.of() : errors;
        this.idempotent = idempotent;
    }

    boolean isIdempotent() {
        return Boolean.TRUE.equals(idempotent);
    }

    static final OperationNote NONE =
            new OperationNote(null, null, null, null, null, null, null, null, null, null, null);
}
