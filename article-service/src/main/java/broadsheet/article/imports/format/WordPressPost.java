package broadsheet.article.imports.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An {@code item} of a WordPress export as it is read, element by element. */
final class WordPressPost {

    private static final int MOST_TERMS = 200;
    private static final int MOST_CHARACTERS = 8_000_000;

    /** What is made use of; an item can have any number of others. */
    private static final Set<String> ELEMENTS = Set.of(
            "title",
            "content",
            "excerpt",
            "creator",
            "guid",
            "pubDate",
            "post_id",
            "post_type",
            "post_name",
            "post_date",
            "post_date_gmt",
            "post_modified_gmt",
            "post_password",
            "status",
            "attachment_url");

    /** A category or tag of the post. */
    record Term(String slug, String name) {}

    private final Map<String, String> texts = new HashMap<>();
    private final List<Term> categories = new ArrayList<>();
    private final List<Term> tags = new ArrayList<>();
    private @Nullable String thumbnail;
    private long characters;

    /** The first text of that name counts. */
    void put(String element, String text) throws UnreadableFileException {
        if (ELEMENTS.contains(element) && texts.putIfAbsent(element, text) == null) {
            characters += text.length();
            if (characters > MOST_CHARACTERS) {
                throw new UnreadableFileException("An item in it is too long");
            }
        }
    }

    void addTerm(String domain, String slug, String name) {
        List<Term> terms = "category".equals(domain) ? categories : tags;
        if (("category".equals(domain) || "post_tag".equals(domain)) && terms.size() < MOST_TERMS) {
            terms.add(new Term(slug, name));
        }
    }

    void setThumbnail(String attachmentId) {
        thumbnail = attachmentId;
    }

    /** Blank where there is none. */
    String text(String element) {
        return texts.getOrDefault(element, "").strip();
    }

    List<Term> categories() {
        return categories;
    }

    List<Term> tags() {
        return tags;
    }

    @Nullable String thumbnail() {
        return thumbnail;
    }
}
