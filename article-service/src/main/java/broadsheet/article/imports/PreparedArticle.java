package broadsheet.article.imports;

import static java.util.Objects.requireNonNull;

import broadsheet.article.content.Body;
import broadsheet.article.content.Slugs;
import broadsheet.article.exports.ArticleLine;
import broadsheet.article.exports.ArticleLine.BodyLine;
import broadsheet.article.exports.ArticleLine.CategoryName;
import broadsheet.article.imports.picture.PictureAddresses;
import broadsheet.article.store.ImportedArticles.Mark;
import broadsheet.events.ArticleSnapshot.Status;
import com.github.f4b6a3.uuid.UuidCreator;
import com.github.f4b6a3.uuid.enums.UuidNamespace;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line that can be an article here, with what takes its time: its id, its safe body, its fingerprint.
 *
 * @param id the line's own, or made of what its source calls it: the same each time it is imported
 * @param fingerprint SHA-256 of the line, and what became of its pictures: tells whether it has changed since it was imported
 */
record PreparedArticle(
        String id,
        String sourceId,
        String fingerprint,
        ArticleLine line,
        Status status,
        String slug,
        Body body,
        CategoryName category,
        @Nullable String coverImage,
        @Nullable Body correctionBody,
        @Nullable CategoryName correctionCategory,
        @Nullable String correctionCoverImage) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    /**
     * @param category the slug of the category of articles that name none
     * @throws RefusedItemException where it cannot be an article here
     */
    static PreparedArticle of(ArticleLine line, String category, Instant now) {
        LineRules.check(line);
        Status status = status(line);
        Instant published = line.publishedAt();
        boolean wasPublic = status.isPublic() || status == Status.WITHDRAWN;
        if (wasPublic) {
            Instant known = LineRules.present(published, "publishedAt is missing, although it was published");
            LineRules.require(
                    known.isBefore(now.plus(CLOCKS_DIFFER)), "publishedAt is in the future, although it was published");
        }
        var correction = line.correction();
        LineRules.require(correction == null || status.isPublic(), "correction is there, although it is not public");
        String source = sourceId(line);
        String title = requireNonNull(line.title());
        return new PreparedArticle(
                line.id() != null
                        ? line.id()
                        : UuidCreator.getNameBasedSha1(UuidNamespace.NAMESPACE_OID, source)
                                .toString(),
                source,
                fingerprint(line),
                line,
                status,
                line.slug() != null ? line.slug() : Slugs.of(title, "article"),
                body(requireNonNull(line.body())),
                category(line.category(), category),
                line.coverImage(),
                correction == null ? null : body(requireNonNull(correction.body())),
                correction == null ? null : category(correction.category(), category),
                correction == null ? null : correction.coverImage());
    }

    /** The addresses of all that it shows. */
    Set<String> pictures() {
        Set<String> all = PictureAddresses.of(body);
        if (correctionBody != null) {
            all.addAll(PictureAddresses.of(correctionBody));
        }
        Stream.of(coverImage, correctionCoverImage).filter(Objects::nonNull).forEach(all::add);
        return all;
    }

    /** The fingerprint of one whose pictures were taken in but for so many; begins with that of the line. */
    String withPictures(boolean fetched, int missing) {
        return fingerprint + (fetched ? "+f" : "+i") + missing + ".";
    }

    /** Shows other pictures instead of those at these addresses. */
    PreparedArticle showing(Map<String, String> others, String newFingerprint) {
        return new PreparedArticle(
                id,
                sourceId,
                newFingerprint,
                line,
                status,
                slug,
                PictureAddresses.replaced(body, others),
                category,
                replaced(coverImage, others),
                correctionBody == null ? null : PictureAddresses.replaced(correctionBody, others),
                correctionCategory,
                replaced(correctionCoverImage, others));
    }

    private static @Nullable String replaced(@Nullable String address, Map<String, String> others) {
        return address == null ? null : others.getOrDefault(address, address);
    }

    /** Where its own slug is another article's. */
    String otherSlug() {
        return Slugs.suffixed(slug, Slugs.of(id.substring(id.length() - 8), "other"));
    }

    /** Those it had elsewhere. */
    List<String> earlierSlugs() {
        return line.earlierSlugs() == null ? List.of() : line.earlierSlugs();
    }

    /** All that may come to lead to it. */
    Stream<String> slugs() {
        return Stream.concat(Stream.of(slug, otherSlug()), earlierSlugs().stream());
    }

    /** Those that must be there for it. */
    Stream<CategoryName> categories() {
        return correctionCategory == null ? Stream.of(category) : Stream.of(category, correctionCategory);
    }

    private static Status status(ArticleLine line) {
        if (line.status() != null) {
            return line.status();
        }
        return line.publishedAt() == null ? Status.DRAFT : Status.PUBLISHED;
    }

    /** Lines that say neither are told apart by slug, or by title and time. */
    private static String sourceId(ArticleLine line) {
        if (line.sourceId() != null) {
            return line.sourceId();
        } else if (line.id() != null) {
            return Mark.OWN + line.id();
        } else if (line.slug() != null) {
            return "slug:" + line.slug();
        }
        Instant time = line.publishedAt() == null ? line.createdAt() : line.publishedAt();
        return "title:" + line.title() + "@" + time;
    }

    private static Body body(BodyLine line) {
        Body body = Body.of(requireNonNull(line.format()), requireNonNull(line.text()));
        LineRules.require(!body.isTooLong(), "body.text is too long as HTML: " + Body.MAX_BYTES + " bytes at most");
        return body;
    }

    private static CategoryName category(@Nullable CategoryName named, String otherwise) {
        String slug = named == null || named.slug() == null ? "" : Slugs.of(named.slug(), "");
        String name = named == null || named.name() == null ? "" : named.name().strip();
        String made = slug.isEmpty() ? Slugs.of(name, otherwise) : slug;
        LineRules.require(name.length() <= 100, "category.name is longer than 100 characters");
        String written =
                named == null || named.slug() == null ? made : named.slug().strip();
        return new CategoryName(made, name.isEmpty() ? written : name);
    }

    private static String fingerprint(ArticleLine line) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(JSON.writeValueAsBytes(line));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
