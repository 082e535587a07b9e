package broadsheet.stats.erased;

import java.util.Collection;
import reactor.core.publisher.Mono;

/** Something that is stored of articles. Every bean of this type is asked when one is erased, and each minute from then on. */
public interface ArticleNumbers {

    /**
     * Removes what there is of these articles, or adds it to {@link ErasedArticles#TOGETHER}. Done as often as it likes, by
     * several instances at once, and again where the process ended amid it.
     */
    Mono<Void> erase(Collection<String> articleIds);
}
