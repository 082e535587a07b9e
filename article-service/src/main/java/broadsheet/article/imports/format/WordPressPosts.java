package broadsheet.article.imports.format;

import broadsheet.article.content.Body;
import broadsheet.article.exports.ArticleLine;
import broadsheet.events.ArticleSnapshot.Status;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * WordPress's posts as articles of ours: the first category is the article's, further ones become tags; what only some may
 * read there is a draft here.
 *
 * @param authors their names by login
 * @param pictures the addresses of attachments by their ids
 * @param site the blog's address
 */
record WordPressPosts(Map<String, String> authors, Map<String, String> pictures, String language, String site) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    ImportItem item(WordPressPost post, long number) {
        String title = WordPressTerms.plain(post.text("title"));
        String id = Texts.cut(Texts.oneLine(post.text("post_id")), 40);
        String item = "post " + (id.isEmpty() ? "number " + number : id)
                + (title.isEmpty() ? "" : " '" + Texts.cut(title, 100) + "'");
        String type = Texts.cut(Texts.oneLine(post.text("post_type")), 100);
        if (!type.equals("post")) {
            return new ImportItem.Refused(
                    item,
                    type.isEmpty() ? "says not what it is (wp:post_type)" : "is of type '" + type + "', not 'post'");
        }
        Status status = status(post);
        if (status == null) {
            return new ImportItem.Refused(
                    item, "has the status '" + Texts.cut(Texts.oneLine(post.text("status")), 100) + "'");
        }
        var notes = new ArrayList<String>();
        String html = WordPressHtml.of(post.text("content"));
        var words = new ArticleLine.Words(
                title.isEmpty() ? Texts.titleOf(html, notes) : Texts.title(title, notes),
                null,
                Texts.summary(WordPressTerms.plain(post.text("excerpt")), notes),
                new ArticleLine.BodyLine(Body.Format.HTML, html),
                category(post),
                Texts.tags(tags(post), notes),
                Texts.language(language),
                Texts.image(picture(post), notes));
        String slug = WordPressTerms.slug(post.text("post_name"), title);
        return new ImportItem.ReadArticle(
                item,
                ArticleLine.of(sourceId(post), status, slug.isEmpty() ? null : slug, words, author(post), times(post)),
                List.copyOf(notes));
    }

    private static @Nullable Status status(WordPressPost post) {
        return switch (post.text("status")) {
            case "publish" -> post.text("post_password").isEmpty() ? Status.PUBLISHED : Status.DRAFT;
            case "draft", "auto-draft", "private", "future" -> Status.DRAFT;
            case "pending" -> Status.IN_REVIEW;
            default -> null;
        };
    }

    private String sourceId(WordPressPost post) {
        String guid = post.text("guid");
        return "wordpress:" + (guid.isEmpty() ? site + "?p=" + post.text("post_id") : guid);
    }

    private ArticleLine.@Nullable CategoryName category(WordPressPost post) {
        return post.categories().stream()
                .findFirst()
                .map(term -> new ArticleLine.CategoryName(
                        WordPressTerms.slug(term.slug(), WordPressTerms.plain(term.name())),
                        WordPressTerms.plain(term.name())))
                .orElse(null);
    }

    private static List<String> tags(WordPressPost post) {
        var tags = new ArrayList<String>();
        post.tags().forEach(term -> tags.add(WordPressTerms.plain(term.name())));
        post.categories().stream().skip(1).forEach(term -> tags.add(WordPressTerms.plain(term.name())));
        return tags;
    }

    private @Nullable String picture(WordPressPost post) {
        String thumbnail = post.thumbnail();
        return thumbnail == null ? null : pictures.get(thumbnail);
    }

    private ArticleLine.@Nullable AuthorLine author(WordPressPost post) {
        String login = post.text("creator");
        return login.isEmpty()
                ? null
                : new ArticleLine.AuthorLine(login, WordPressTerms.plain(authors.getOrDefault(login, login)));
    }

    private static ArticleLine.Times times(WordPressPost post) {
        Instant published = time(post.text("post_date_gmt"));
        if (published == null) {
            published = time(post.text("post_date"));
        }
        if (published == null) {
            published = Texts.time(post.text("pubDate"));
        }
        Instant modified = time(post.text("post_modified_gmt"));
        return new ArticleLine.Times(published, modified, published);
    }

    /** Drafts have {@code 0000-00-00 00:00:00}. */
    private static @Nullable Instant time(String text) {
        try {
            return text.isEmpty() ? null : LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
