package broadsheet.article.media;

import reactor.core.publisher.Mono;

/** Which pictures articles show. */
public interface ImageUse {

    /** Whether an article, its correction, an earlier revision or a text that came too late shows the picture. */
    Mono<Boolean> isUsed(String imageId);

    /** The id of an article that readers see and that shows them the picture; empty where there is none. */
    Mono<String> publicArticle(String imageId);
}
