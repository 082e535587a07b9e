package broadsheet.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Views that are read token by token are those that are read by reflection, or are left to it. */
class ArticleViewedReaderTests {

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "7",
            "-1",
            "1.0",
            "99999999999999999999",
            "\"\"",
            "\" \"",
            "\"7\"",
            "\"PAGE\"",
            "\"2026-05-04\"",
            "\"2026-02-30T10:00:00Z\"",
            "\"2026-05-04T24:00:00Z\"",
            "\"2026-05-04T10:00:60Z\"",
            "\"2026-05-04T12:00:00.5+02:00\"",
            "\"+12026-05-04T10:00:00Z\"",
            "\"" + "x".repeat(600) + "\"",
            "{}",
            "[]",
            "{\"userAgent\":7}",
            "{\"fetch\":\"a\",\"userAgent\":\"b\",\"fetch\":null}");

    @Test
    void whatWeWriteIsReadTokenByToken() {
        var events = new RandomEvents(17);
        for (int event = 0; event < 2_000; event++) {
            Event view = events.next(EventType.ARTICLE_VIEWED);
            assertThat(ArticleViewedReader.read(EventCodec.value(view).getBytes(UTF_8)))
                    .isEqualTo(view);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverElseItIsWhatReflectionReads(long seed) {
        var random = new Random(seed);
        var events = new RandomEvents(seed);
        for (int event = 0; event < 5_000; event++) {
            String json = EventCodec.value(events.next(EventType.ARTICLE_VIEWED));
            byte[] data = damaged(json, random).getBytes(UTF_8);
            for (int bytes = random.nextInt(2); bytes > 0; bytes--) {
                data[random.nextInt(data.length)] = (byte) random.nextInt();
            }
            ArticleViewed read = ArticleViewedReader.read(data);
            if (read != null) {
                assertThat(EventCodec.readByReflection(EventType.ARTICLE_VIEWED, data))
                        .as(new String(data, UTF_8))
                        .isEqualTo(read);
            }
        }
    }

    /** With fields in another order, twice, left out or unknown, with other values, cut off, or with more behind. */
    private static String damaged(String json, Random random) {
        List<String> fields =
                new ArrayList<>(List.of(json.substring(1, json.length() - 1).split(",(?=\"\\w+\":)")));
        int field = random.nextInt(fields.size());
        String name = fields.get(field).replaceFirst("(?s):.*", "");
        switch (random.nextInt(7)) {
            case 0 -> Collections.shuffle(fields, random);
            case 1 -> fields.add(random.nextInt(fields.size()), fields.get(field));
            case 2 -> fields.remove(field);
            case 3 -> fields.set(field, name + ":" + VALUES.get(random.nextInt(VALUES.size())));
            case 4 -> fields.add(field, "\"unknown\":" + VALUES.get(random.nextInt(VALUES.size())));
            case 5 -> {
                return json.substring(0, 1 + random.nextInt(json.length() - 1));
            }
            default -> {
                return json + List.of(" ", "{}", ",", "7").get(random.nextInt(4));
            }
        }
        return "{" + String.join(",", fields) + "}";
    }
}
