package broadsheet.article.category;

import reactor.core.publisher.Mono;

/** What the articles have to say when a section changes: they carry its name, and need it to stay. */
public interface CategoryUse {

    Mono<Boolean> isUsed(String slug);

    Mono<Void> rename(Category category);
}
