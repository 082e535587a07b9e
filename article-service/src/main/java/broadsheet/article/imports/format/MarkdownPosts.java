package broadsheet.article.imports.format;

import broadsheet.article.content.Body;
import broadsheet.article.content.Slugs;
import broadsheet.article.exports.ArticleLine;
import broadsheet.article.exports.CategoryLine;
import broadsheet.events.ArticleSnapshot.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Markdown files with front matter as articles, by the names that Jekyll, Hugo and Ghost's exporters give. An article has a
 * date, in its front matter or its file's name, or says that it is a draft; other pages are refused. The first category is the
 * article's, further ones become tags; {@code a/b} stands below {@code a}.
 */
final class MarkdownPosts {

    private static final int MOST_CATEGORIES = 20_000;
    private static final Set<String> PUBLIC = Set.of("", "published", "publish", "public");

    private final Set<String> categories = new HashSet<>();

    /** The article of a file, behind the categories that it is the first to name. */
    List<ImportItem> items(String file, String text) {
        try {
            return read(new MarkdownFileName(file), FrontMatter.of(text));
        } catch (IllegalArgumentException e) {
            return List.of(new ImportItem.Refused(file, String.valueOf(e.getMessage())));
        }
    }

    private List<ImportItem> read(MarkdownFileName file, FrontMatter matter) {
        Instant published = matter.time("date", "published_at", "publishdate", "pubdate", "created_at");
        if (published == null) {
            published = file.date();
        }
        Status status = status(file, matter);
        if (published == null && status != Status.DRAFT) {
            throw new IllegalArgumentException("has no date and is no draft, so it is a page and no article");
        }
        var notes = new ArrayList<String>();
        String body = JekyllText.toMarkdown(matter.text(), notes);
        String title = matter.text("title");
        List<String> all = matter.list(true, "category", "categories", "section");
        var items = new ArrayList<ImportItem>();
        var words = new ArticleLine.Words(
                title.isEmpty() ? file.title() : Texts.title(title, notes),
                subtitle(matter),
                Texts.summary(matter.text("summary", "description", "excerpt", "custom_excerpt"), notes),
                new ArticleLine.BodyLine(Body.Format.MARKDOWN, body),
                all.isEmpty() ? null : category(all.get(0), items),
                Texts.tags(tags(matter, all), notes),
                Texts.language(matter.text("lang", "language", "locale")),
                Texts.image(cover(matter), notes));
        String slug = matter.text("slug");
        items.add(new ImportItem.ReadArticle(
                file.name(),
                ArticleLine.of(
                        "markdown:" + file.source(),
                        status,
                        Slugs.of(slug.isEmpty() ? file.title() : slug, "article"),
                        words,
                        author(matter),
                        new ArticleLine.Times(
                                published,
                                matter.time("updated", "updated_at", "lastmod", "last_modified_at", "modified"),
                                published)),
                List.copyOf(notes)));
        return items;
    }

    /** Which of the archive it is is seen when it is looked for there. */
    private static String cover(FrontMatter matter) {
        String cover = matter.text(
                "feature_image",
                "featured_image",
                "coverimage",
                "cover_image",
                "cover.image",
                "cover",
                "image.path",
                "image.feature",
                "image",
                "header.image",
                "thumbnail");
        boolean isOfArchive = !cover.isBlank() && !cover.startsWith("/") && !cover.contains(":");
        return isOfArchive ? "/" + cover.replace(" ", "%20") : cover;
    }

    private static @Nullable String subtitle(FrontMatter matter) {
        String subtitle = Texts.oneLine(matter.text("subtitle"));
        return subtitle.isEmpty() ? null : Texts.cut(subtitle, 500);
    }

    /** What only some were to read is a draft here. */
    private static Status status(MarkdownFileName file, FrontMatter matter) {
        boolean isOpen = PUBLIC.contains(matter.text("status").toLowerCase(Locale.ROOT))
                && PUBLIC.contains(matter.text("visibility").toLowerCase(Locale.ROOT))
                && !Boolean.TRUE.equals(matter.flag("draft"))
                && !Boolean.TRUE.equals(matter.flag("private"))
                && !Boolean.FALSE.equals(matter.flag("published"))
                && matter.text("password").isEmpty();
        return isOpen && !file.isDraft() ? Status.PUBLISHED : Status.DRAFT;
    }

    private ArticleLine.@Nullable CategoryName category(String path, List<ImportItem> items) {
        String parent = null;
        ArticleLine.CategoryName leaf = null;
        for (String part : path.split("/", -1)) {
            String name = Texts.oneLine(part);
            String slug = Slugs.of(name, "");
            if (slug.isEmpty()) {
                continue;
            }
            if (path.contains("/") && categories.size() < MOST_CATEGORIES && categories.add(slug)) {
                items.add(new ImportItem.ReadCategory("category " + slug, CategoryLine.of(slug, name, parent)));
            }
            parent = slug;
            leaf = new ArticleLine.CategoryName(slug, name);
        }
        return leaf;
    }

    private static List<String> tags(FrontMatter matter, List<String> categories) {
        var tags = new ArrayList<>(matter.list(true, "tags", "tag"));
        tags.addAll(matter.list(false, "keywords"));
        tags.addAll(categories.subList(Math.min(1, categories.size()), categories.size()));
        return tags;
    }

    private static ArticleLine.@Nullable AuthorLine author(FrontMatter matter) {
        List<String> authors = matter.list(false, "author", "authors");
        String name = authors.isEmpty() ? "" : Texts.oneLine(authors.get(0));
        return name.isEmpty() ? null : new ArticleLine.AuthorLine(Slugs.of(name, "author"), Texts.cut(name, 200));
    }
}
