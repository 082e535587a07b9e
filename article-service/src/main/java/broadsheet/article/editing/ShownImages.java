package broadsheet.article.editing;

import broadsheet.article.content.Content;
import broadsheet.article.content.MediaReferences;
import broadsheet.article.media.Image;
import broadsheet.article.media.Images;
import broadsheet.web.problem.InvalidFieldException;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Our own pictures in a text that is about to be saved. */
@Component
class ShownImages {

    private final Images images;

    ShownImages(Images images) {
        this.images = images;
    }

    /** Keeps them from being removed until the text is saved; fails where one is not there. */
    Mono<Void> keep(Content content) {
        return images.use(MediaReferences.in(content))
                .filter(missing -> !missing.isEmpty())
                .flatMap(missing -> Mono.error(notThere(content, missing)));
    }

    private static InvalidFieldException notThere(Content content, Set<String> missing) {
        String path = Image.PATH + missing.iterator().next();
        String cover = content.coverImage();
        return new InvalidFieldException(
                cover != null && cover.contains(path) ? "coverImage" : "body.text",
                "shows a picture that is not there: " + path);
    }
}
