package broadsheet.stats.ranking;

import broadsheet.stats.article.Article;
import broadsheet.stats.history.ArticleDay;
import broadsheet.stats.history.MostReadDays;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The hits that articles had when they were so old: to the minute, or for those older than two days to the quarter of an hour
 * that had begun.
 */
@Component
class HitsByAge {

    private final MostReadDays days;

    HitsByAge(MostReadDays days) {
        this.days = days;
    }

    /** Those of articles whose publication is known; 0 where there were none. */
    Mono<Map<String, Long>> at(Age age, Collection<Article> articles) {
        Map<String, Instant> published = new HashMap<>();
        for (Article article : articles) {
            Instant at = article.publishedAt();
            if (at != null) {
                published.put(article.articleId(), at);
            }
        }
        return days.from(published, age::after)
                .collectMultimap(ArticleDay::articleId)
                .map(found -> {
                    Map<String, Long> hits = new HashMap<>();
                    published.forEach((id, at) ->
                            hits.put(id, before(age.after(at), found.getOrDefault(id, List.of()))));
                    return hits;
                });
    }

    private static long before(Instant end, Collection<ArticleDay> days) {
        return days.stream().mapToLong(day -> day.hitsBefore(end)).sum();
    }
}
