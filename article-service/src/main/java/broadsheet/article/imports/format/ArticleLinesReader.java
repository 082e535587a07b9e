package broadsheet.article.imports.format;

import broadsheet.article.exports.ArticleLine;
import broadsheet.article.exports.CategoryLine;
import broadsheet.web.problem.FieldError;
import broadsheet.web.problem.JsonFieldErrors;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Reads our own form: a JSON object a line, of 4 MiB at most; each that is no article of ours is refused by its number. */
final class ArticleLinesReader implements ItemReader {

    private static final int MAX_LINE = 4 << 20;
    private static final int BYTE_ORDER_MARK = 0xEF;
    private static final int REST_OF_MARK = 2;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
            .build();

    private final InputStream bytes;
    private long number;

    ArticleLinesReader(Path file) throws IOException {
        this.bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        bytes.mark(1);
        if (bytes.read() == BYTE_ORDER_MARK) {
            bytes.skipNBytes(REST_OF_MARK);
        } else {
            bytes.reset();
        }
    }

    @Override
    public @Nullable ImportItem next() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = bytes.read(); ; next = bytes.read()) {
            if (next == '\n' || next == -1) {
                number++;
                if (next == -1 && line.size() == 0) {
                    return null;
                }
                ImportItem item = item("line " + number, line);
                if (item != null) {
                    return item;
                }
                line.reset();
            } else if (line.size() <= MAX_LINE) {
                line.write(next);
            }
        }
    }

    /** Null for a blank line. */
    private static @Nullable ImportItem item(String name, ByteArrayOutputStream line) {
        if (line.size() > MAX_LINE) {
            return new ImportItem.Refused(name, "is longer than " + MAX_LINE + " bytes");
        }
        try {
            JsonNode json = JSON.readTree(line.toByteArray());
            if (json.isMissingNode()) {
                return null;
            }
            return CategoryLine.KIND.equals(json.path("kind").asString(""))
                    ? new ImportItem.ReadCategory(name, JSON.treeToValue(json, CategoryLine.class))
                    : article(name, JSON.treeToValue(json, ArticleLine.class));
        } catch (JacksonException e) {
            FieldError error = JsonFieldErrors.of(e);
            return new ImportItem.Refused(name, error.field() + " " + error.message());
        }
    }

    private static ImportItem article(String name, @Nullable ArticleLine line) {
        return line == null
                ? new ImportItem.Refused(name, "is no JSON object")
                : new ImportItem.ReadArticle(name, line, List.of());
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
