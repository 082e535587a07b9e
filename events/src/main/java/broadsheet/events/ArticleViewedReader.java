package broadsheet.events;

import static tools.jackson.core.JsonToken.START_OBJECT;
import static tools.jackson.core.JsonToken.VALUE_NULL;
import static tools.jackson.core.JsonToken.VALUE_NUMBER_INT;

import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.ArticleViewed.Channel;
import broadsheet.events.ArticleViewed.Device;
import broadsheet.events.ArticleViewed.Evidence;
import java.time.DateTimeException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/**
 * Reads views token by token, since there are more of them than of all other events. It only reads what is as we write it,
 * with fields that it does not know or without some; anything else is left to the reader of all events.
 */
final class ArticleViewedReader {

    private static final JsonFactory JSON = new JsonFactory();

    private static final int REVISION = 1;
    private static final int EVIDENCE = 11;
    private static final PropertyNameMatcher FIELDS = names(
            "articleId",
            "revision",
            "occurredAt",
            "receivedAt",
            "visitorKey",
            "channel",
            "referrerHost",
            "device",
            "agent",
            "agentRules",
            "alertId",
            "evidence");
    private static final PropertyNameMatcher EVIDENCE_FIELDS = names("userAgent", "networkKey", "agentRule", "fetch");

    private ArticleViewedReader() {}

    private static PropertyNameMatcher names(String... names) {
        List<Named> fields = Stream.of(names).map(Named::fromString).toList();
        return JSON.constructNameMatcher(fields, false);
    }

    /** Null where the data is not as we write it, right or wrong. */
    static @Nullable ArticleViewed read(byte[] data) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), data)) {
            if (json.nextToken() != START_OBJECT) {
                return null;
            }
            ArticleViewed view = view(json);
            return json.nextToken() == null ? view : null;
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    private static ArticleViewed view(JsonParser json) {
        var texts = new @Nullable String[EVIDENCE];
        long revision = -1;
        Evidence evidence = Evidence.NONE;
        int last = -1;
        for (int field = nextField(json, FIELDS, last); field >= 0; field = nextField(json, FIELDS, last)) {
            switch (field) {
                case REVISION -> revision = number(json);
                case EVIDENCE -> evidence = evidence(json);
                default -> texts[field] = text(json);
            }
            last = field;
        }
        return new ArticleViewed(
                present(texts[0]),
                revision,
                Rfc3339.parse(present(texts[2])),
                Rfc3339.parse(present(texts[3])),
                present(texts[4]),
                channel(present(texts[5])),
                texts[6],
                device(present(texts[7])),
                agent(present(texts[8])),
                present(texts[9]),
                texts[10],
                evidence);
    }

    private static Evidence evidence(JsonParser json) {
        JsonToken token = json.nextToken();
        if (token == VALUE_NULL) {
            return Evidence.NONE;
        }
        check(token == START_OBJECT);
        var texts = new @Nullable String[4];
        int last = -1;
        for (int field = nextField(json, EVIDENCE_FIELDS, last);
                field >= 0;
                field = nextField(json, EVIDENCE_FIELDS, last)) {
            texts[field] = text(json);
            last = field;
        }
        return new Evidence(texts[0], texts[1], texts[2], texts[3]);
    }

    /** Below 0 at the object's end. Fields come in our order, so that none comes twice. */
    private static int nextField(JsonParser json, PropertyNameMatcher names, int last) {
        int field = json.nextNameMatch(names);
        while (field == PropertyNameMatcher.MATCH_UNKNOWN_NAME) {
            json.nextToken();
            json.skipChildren();
            field = json.nextNameMatch(names);
        }
        check(field > last || field == PropertyNameMatcher.MATCH_END_OBJECT);
        return field;
    }

    private static @Nullable String text(JsonParser json) {
        String text = json.nextStringValue();
        check(text != null || json.hasToken(VALUE_NULL));
        return text;
    }

    private static long number(JsonParser json) {
        check(json.nextToken() == VALUE_NUMBER_INT);
        return json.getLongValue();
    }

    private static Channel channel(String name) {
        return switch (name) {
            case "page" -> Channel.PAGE;
            case "api" -> Channel.API;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Device device(String name) {
        return switch (name) {
            case "desktop" -> Device.DESKTOP;
            case "mobile" -> Device.MOBILE;
            case "tablet" -> Device.TABLET;
            case "other" -> Device.OTHER;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Agent agent(String name) {
        return switch (name) {
            case "user" -> Agent.USER;
            case "bot" -> Agent.BOT;
            case "automated" -> Agent.AUTOMATED;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static String present(@Nullable String text) {
        if (text == null) {
            throw new IllegalArgumentException("Missing");
        }
        return text;
    }

    private static void check(boolean usual) {
        if (!usual) {
            throw new IllegalArgumentException("Not as we write it");
        }
    }
}
