package broadsheet.story;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An article as it is sent to the newsroom. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Draft(
        String title,
        @Nullable String subtitle,
        Body body,
        String category,
        List<String> tags,
        String language,
        @Nullable List<Credit> credits) {

    public static final String SECTION = "company-news";

    public record Body(String format, String text) {}

    public record Credit(String role, String name) {}

    /** The real page of the story. */
    static Draft ofTheStory() throws IOException {
        try (InputStream file = Draft.class.getResourceAsStream("strengthen-communication.md")) {
            String[] parts =
                    new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8).split("\n", 3);
            return new Draft(
                    parts[0].replaceFirst("^# ", ""),
                    parts[1].replaceFirst("^## ", ""),
                    new Body("markdown", parts[2].strip()),
                    SECTION,
                    List.of("student union", "exchange"),
                    "en",
                    List.of(new Credit("Copy", "Publicity Department"), new Credit("Typesetting", "Qiu Yonghong")));
        }
    }

    /** Those it is sent with, and the one that the site adds. */
    List<Credit> creditsOnceApproved() {
        return Stream.concat(
                        Objects.requireNonNull(credits).stream(), Stream.of(new Credit("Reviewed by", Staff.EDITOR)))
                .toList();
    }

    public static Draft of(String title, String format, String text) {
        return new Draft(title, null, new Body(format, text), SECTION, List.of(), "en", null);
    }
}
