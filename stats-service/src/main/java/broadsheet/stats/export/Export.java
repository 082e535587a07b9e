package broadsheet.stats.export;

import broadsheet.stats.article.Article;
import broadsheet.stats.article.Articles;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.history.ArticleDay;
import broadsheet.stats.history.ArticleDayPages;
import broadsheet.stats.history.ArticleDays;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads days page by page as they are asked for: what is in memory is a page, and of the days that still change also the ids
 * of the articles that were written.
 */
@Component
class Export {

    private static final int PAGE = 500;

    /** Of a file, so that it begins at once. */
    private static final int FIRST_PAGE = 20;

    private static final Duration CHANGES_FOR = Duration.ofDays(2);
    private static final Duration DAY = Duration.ofDays(1);

    private final ArticleDayPages all;
    private final ArticleDays days;
    private final Articles articles;
    private final ErasedArticles erased;
    private final InstantSource clock;

    Export(ArticleDayPages all, ArticleDays days, Articles articles, ErasedArticles erased, InstantSource clock) {
        this.all = all;
        this.days = days;
        this.articles = articles;
        this.erased = erased;
        this.clock = clock;
    }

    /** The rows of all articles in the order of their days; a list is a page. */
    Flux<List<ExportRow>> ofAll(ExportRange range) {
        return day(range.firstDay(), range)
                .expand(day -> day(day.plus(DAY), range))
                .index()
                .concatMap(day -> pages(day.getT2(), day.getT1() == 0 ? FIRST_PAGE : PAGE), 1)
                .concatMap(page -> rows(page, range), 1);
    }

    Flux<List<ExportRow>> ofArticle(String articleId, ExportRange range) {
        return days.find(articleId, range.firstDay(), range.to())
                .filter(range::has)
                .collectList()
                .flatMapMany(found -> rows(found, range));
    }

    private Mono<Instant> day(Instant from, ExportRange range) {
        return from.isBefore(range.to()) ? all.firstDay(from, range.to()) : Mono.empty();
    }

    private record DayPage(List<ArticleDay> days, boolean last) {}

    private Flux<List<ArticleDay>> pages(Instant day, int first) {
        return Flux.defer(() -> {
            Set<String> written = new HashSet<>();
            boolean changes = day.isAfter(clock.instant().minus(CHANGES_FOR));
            return page(day, null, first)
                    .expand(page -> page.last()
                            ? Mono.empty()
                            : page(day, page.days().get(page.days().size() - 1), PAGE))
                    .map(DayPage::days)
                    .map(page -> changes
                            ? page.stream()
                                    .filter(one -> written.add(one.articleId()))
                                    .toList()
                            : page);
        });
    }

    private Mono<DayPage> page(Instant day, @Nullable ArticleDay after, int limit) {
        return all.page(day, after, limit).map(found -> new DayPage(found, found.size() < limit));
    }

    private Mono<List<ExportRow>> rows(List<ArticleDay> page, ExportRange range) {
        Set<String> ids = new HashSet<>();
        page.forEach(day -> ids.add(day.articleId()));
        return articles.among(ids)
                .collectMap(Article::articleId)
                .map(known -> page.stream()
                        .flatMap(day -> rows(day, known, range))
                        .map(row -> erased.contains(row.articleId()) ? row.unnamed() : row)
                        .toList());
    }

    private static Stream<ExportRow> rows(ArticleDay day, Map<String, Article> known, ExportRange range) {
        return range.byHour()
                ? ExportRow.ofHours(day, known).filter(row -> range.has(row.start()))
                : Stream.of(ExportRow.ofDay(day, known));
    }
}
