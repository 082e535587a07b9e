package broadsheet.stats.imports;

import broadsheet.stats.article.Article;
import broadsheet.stats.article.Articles;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Finds the articles that the pages of an import are: by id, by the path that they have here, or by the last part of an
 * address, which is a slug in WordPress too. What it keeps grows with the import, not with the articles.
 */
@Component
class PageMatcher {

    private final Articles articles;

    PageMatcher(Articles articles) {
        this.articles = articles;
    }

    /** The views by article; of what no article or more than one is, the tally refuses the lines. */
    Mono<Map<String, Long>> match(ImportTally tally) {
        Map<String, Set<String>> byKey = new HashMap<>();
        tally.pages().keySet().forEach(page -> {
            String path = path(page);
            byKey.put(path, new HashSet<>());
            byKey.put(slug(path), new HashSet<>());
        });
        return articles.all()
                .doOnNext(article -> found(article, byKey))
                .then(Mono.fromSupplier(() -> views(tally, byKey)));
    }

    private static void found(Article article, Map<String, Set<String>> byKey) {
        for (String key : List.of(article.articleId(), article.url(), slug(article.url()))) {
            Set<String> ids = byKey.get(key);
            if (ids != null) {
                ids.add(article.articleId());
            }
        }
    }

    private static Map<String, Long> views(ImportTally tally, Map<String, Set<String>> byKey) {
        Map<String, Long> views = new HashMap<>();
        tally.pages().forEach((name, page) -> {
            String path = path(name);
            Set<String> exact = byKey.getOrDefault(path, Set.of());
            Set<String> found = exact.isEmpty() ? byKey.getOrDefault(slug(path), Set.of()) : exact;
            if (found.size() == 1) {
                views.merge(found.iterator().next(), page.views(), Long::sum);
            } else {
                tally.refusePage(
                        page,
                        found.isEmpty()
                                ? "no article is " + name
                                : found.size() + " articles could be " + name + "; use the whole path or the id");
            }
        });
        return views;
    }

    /** Of an address the path, without the slash at its end. */
    private static String path(String page) {
        String path = page;
        try {
            String parsed = page.contains("/") ? URI.create(page).getPath() : page;
            path = parsed == null ? page : parsed;
        } catch (IllegalArgumentException e) {
            // what is no address is taken as it is
        }
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String slug(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
