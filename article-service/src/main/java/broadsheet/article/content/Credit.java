package broadsheet.article.content;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Who did what for an article, such as {@code Copy / Publicity Department}. */
public record Credit(String role, String name) {

    /** The role that nobody can claim: it names whoever approved the article. */
    static final String REVIEWED_BY = "Reviewed by";

    private static final Pattern REVIEW = Pattern.compile("\\P{L}*reviewed\\P{L}*by\\P{L}*", Pattern.CASE_INSENSITIVE);
    private static final Pattern INVISIBLE = Pattern.compile("\\p{C}");

    /** Whether the role is {@link #REVIEWED_BY}, or looks like it. Not a getter: JSON has the role and the name alone. */
    public boolean namesReviewer() {
        String shown = INVISIBLE
                .matcher(Normalizer.normalize(role, Normalizer.Form.NFKC))
                .replaceAll("");
        return REVIEW.matcher(shown).matches();
    }
}
