package broadsheet.article.imports.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An {@code item} of a WordPress export as it is read, element by element. */
final class WordPressPost {

    private static final int MOST_TERMS = 200;

    /** A category or tag of the post. */
    record Term(String slug, String name) {}

    private final Map<String, String> texts = new HashMap<>();
    private final List<Term> categories = new ArrayList<>();
    private final List<Term> tags = new ArrayList<>();
    private @Nullable String thumbnail;

    /** The first text of that name counts. */
    void put(String element, String text) {
        texts.putIfAbsent(element, text);
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
