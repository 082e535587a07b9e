package broadsheet.article.reading;

import broadsheet.article.search.Highlights;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.NameTransformer;

/**
 * An article in a list, or the fields of it that were asked for.
 *
 * @param article null where only some of its fields are to be shown
 * @param highlights where the words were found that were searched for
 * @param chosen those fields, of both
 */
@JsonSerialize(using = ListedResponse.Serializer.class)
record ListedResponse(
        @JsonUnwrapped @Nullable ArticleResponse article,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Highlights highlights,
        @JsonIgnore @Nullable ObjectNode chosen) {

    static final class Serializer extends ValueSerializer<ListedResponse> {

        @Override
        public void serialize(ListedResponse listed, JsonGenerator out, SerializationContext context) {
            if (listed.chosen != null) {
                context.writeValue(out, listed.chosen);
                return;
            }
            out.writeStartObject(listed);
            if (listed.article != null) {
                context.findValueSerializer(ArticleResponse.class)
                        .unwrappingSerializer(NameTransformer.NOP)
                        .serialize(listed.article, out, context);
            }
            if (listed.highlights != null) {
                out.writeName("highlights");
                context.writeValue(out, listed.highlights);
            }
            out.writeEndObject();
        }
    }
}
