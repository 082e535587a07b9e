package broadsheet.article.category;

import reactor.core.publisher.Mono;

/** Whether articles use a category, and its new name in them: they carry the name of theirs. */
public interface CategoryUse {

    Mono<Boolean> isUsed(String slug);

    Mono<Void> rename(Category category);
}
