package broadsheet.stats.ranking;

import broadsheet.stats.HitCount;
import broadsheet.stats.article.Article;
import broadsheet.stats.article.Articles;
import broadsheet.stats.ranking.HitLists.HitList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds the most read articles of all and of each category, of those that readers may see, without reading every article.
 *
 * <p>The threshold algorithm (R. Fagin, A. Lotem, M. Naor: Optimal aggregation algorithms for middleware, PODS 2001): all
 * lists are read from their tops, and each article that comes is summed up. None that has not come can have more hits than
 * the last ones that were read have together; once enough have as many, they are the best. A category with few articles is
 * summed up whole, since its best may stand far down the lists. One search, used once.
 */
final class ThresholdSearch {

    private static final int PAGE = 200;
    private static final int LISTS_AT_ONCE = 4;
    private static final int ARTICLES_AT_ONCE = 500;
    private static final int SMALL_CATEGORY = 1_000;

    private final HitLists hits;
    private final Articles articles;
    private final int mostArticles;
    private final MostRead best;
    private final List<ListPosition> positions = new ArrayList<>();
    private final Set<String> summed = new HashSet<>();
    private final Set<String> summedCategories = new HashSet<>();
    private final Set<String> large;

    /**
     * @param size how many articles of each category are looked for
     * @param large categories that are known to have many articles; others that are found to have many are added
     * @param mostArticles after so many were summed up the search ends, and not every category may be {@link #isExact}
     */
    ThresholdSearch(HitLists hits, Articles articles, Set<String> large, int size, int mostArticles) {
        this.hits = hits;
        this.articles = articles;
        this.large = large;
        this.mostArticles = mostArticles;
        this.best = new MostRead(size);
        hits.lists().forEach(list -> positions.add(new ListPosition(list)));
    }

    /** How far a list is read. */
    private static final class ListPosition {
        private final HitList list;
        private @Nullable HitCount last;
        private boolean ended;

        ListPosition(HitList list) {
            this.list = list;
        }

        /** What the next article can have at most. */
        long bound() {
            HitCount read = last;
            return ended || read == null ? 0 : read.hits();
        }
    }

    private record Page(ListPosition position, List<HitCount> articles) {}

    Mono<MostRead> find() {
        return readLists(List.of(MostRead.ALL))
                .then(Mono.defer(
                        () -> threshold() > 0 ? articles.categories().collectList() : Mono.just(List.<String>of())))
                .flatMap(categories -> Flux.fromIterable(categories)
                        .concatMap(this::sumUpIfSmall)
                        .then(Mono.defer(() -> isSettled(categories) ? Mono.empty() : readLists(categories))))
                .thenReturn(best);
    }

    /** Whether no article of the category can be missing. */
    boolean isExact(String category) {
        return summedCategories.contains(category) || best.isSettled(category, threshold());
    }

    private Mono<Void> readLists(List<String> categories) {
        return Mono.defer(this::readPages)
                .repeat(() -> summed.size() < mostArticles && !isSettled(categories))
                .then();
    }

    private boolean isSettled(List<String> categories) {
        return threshold() == 0 || categories.stream().allMatch(this::isExact);
    }

    private long threshold() {
        return positions.stream().mapToLong(ListPosition::bound).sum();
    }

    private Mono<Void> readPages() {
        return Flux.fromIterable(positions)
                .filter(position -> !position.ended)
                .flatMapSequential(ThresholdSearch::page, LISTS_AT_ONCE)
                .doOnNext(ThresholdSearch::moveOn)
                .flatMapIterable(Page::articles)
                .map(HitCount::articleId)
                .collectList()
                .flatMap(this::sumUp);
    }

    private static Mono<Page> page(ListPosition position) {
        return position.list.page(position.last, PAGE).collectList().map(articles -> new Page(position, articles));
    }

    private static void moveOn(Page page) {
        ListPosition position = page.position();
        position.ended = page.articles().size() < PAGE;
        if (!page.articles().isEmpty()) {
            position.last = page.articles().get(page.articles().size() - 1);
        }
    }

    private Mono<Void> sumUpIfSmall(String category) {
        return isExact(category) || large.contains(category)
                ? Mono.empty()
                : articles.ids(category, SMALL_CATEGORY + 1)
                        .collectList()
                        .doOnNext(ids -> noteIfLarge(category, ids))
                        .filter(ids -> ids.size() <= SMALL_CATEGORY)
                        .flatMap(ids -> sumUp(ids).doOnSuccess(done -> summedCategories.add(category)));
    }

    private void noteIfLarge(String category, List<String> ids) {
        if (ids.size() > SMALL_CATEGORY) {
            large.add(category);
        }
    }

    private Mono<Void> sumUp(Collection<String> articleIds) {
        return Flux.fromIterable(articleIds)
                .filter(summed::add)
                .buffer(ARTICLES_AT_ONCE)
                .concatMap(this::sumUpTogether)
                .then();
    }

    private Mono<Void> sumUpTogether(List<String> articleIds) {
        return articles.findPublic(articleIds, null)
                .collectMap(Article::articleId)
                .filter(known -> !known.isEmpty())
                .flatMap(known -> hits.sums()
                        .apply(known.keySet())
                        .doOnNext(sums -> sums.forEach((id, sum) -> {
                            Article article = known.get(id);
                            if (article != null) {
                                best.add(
                                        new HitCount(id, sum),
                                        article.category().slug());
                            }
                        })))
                .then();
    }
}
