package broadsheet.stats.erasure;

import broadsheet.stats.erased.ArticleNumbers;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Erases what there is of articles, wherever it is. */
@Component
class Eraser {

    private final List<ArticleNumbers> numbers;

    Eraser(List<ArticleNumbers> numbers) {
        this.numbers = numbers;
    }

    Mono<Void> erase(Collection<String> articleIds) {
        return Flux.fromIterable(numbers)
                .concatMap(one -> one.erase(articleIds))
                .then();
    }
}
