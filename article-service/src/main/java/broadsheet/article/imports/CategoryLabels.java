package broadsheet.article.imports;

import static java.util.Objects.requireNonNullElse;

import broadsheet.article.category.Categories;
import broadsheet.article.category.Category;
import broadsheet.article.content.CategoryLabel;
import broadsheet.article.content.Slugs;
import broadsheet.article.exports.ArticleLine.CategoryName;
import broadsheet.article.exports.CategoryLine;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The categories of a job's articles, added where there are none; those that are there stay as they are. */
final class CategoryLabels {

    private static final int MAX_NAME = 100;

    private final Categories categories;
    private final boolean dryRun;
    private final Map<String, CategoryLabel> bySlug = new ConcurrentHashMap<>();

    CategoryLabels(Categories categories, boolean dryRun) {
        this.categories = categories;
        this.dryRun = dryRun;
    }

    CategoryLabel of(CategoryName named) {
        String slug = String.valueOf(named.slug());
        return bySlug.getOrDefault(slug, new CategoryLabel(slug, requireNonNullElse(named.name(), slug)));
    }

    /** Makes sure of all that a batch of articles names; also of those that someone may have renamed since the last one. */
    Mono<Void> add(Collection<CategoryName> named) {
        return Flux.fromIterable(named)
                .distinct(CategoryName::slug)
                .concatMap(name -> add(
                        String.valueOf(name.slug()),
                        requireNonNullElse(name.name(), String.valueOf(name.slug())),
                        null,
                        0))
                .then();
    }

    /** One without a slug, and without a name to make one of, is left out. */
    Mono<Void> add(CategoryLine line) {
        String name = requireNonNullElse(line.name(), requireNonNullElse(line.slug(), ""))
                .strip();
        String slug = line.slug() == null ? Slugs.of(name, "") : Slugs.of(line.slug(), "");
        String shown = name.substring(0, Math.min(name.length(), MAX_NAME));
        return slug.isEmpty() ? Mono.empty() : add(slug, shown, line.parent(), requireNonNullElse(line.position(), 0));
    }

    private Mono<Void> add(String slug, String name, @Nullable String parent, int position) {
        var wanted = new Category(slug, name, parent, position, 1L, null);
        return (dryRun ? categories.bySlug(slug).defaultIfEmpty(wanted) : categories.addUnlessThere(wanted))
                .doOnNext(known -> bySlug.put(known.slug(), new CategoryLabel(known.slug(), known.name())))
                .then();
    }
}
