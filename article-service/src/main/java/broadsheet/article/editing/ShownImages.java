package broadsheet.article.editing;

import broadsheet.article.content.Content;
import broadsheet.article.content.MediaReferences;
import broadsheet.article.content.ResponsiveImages;
import broadsheet.article.media.Image;
import broadsheet.article.media.Images;
import broadsheet.article.media.imaging.ImageType;
import broadsheet.web.problem.InvalidFieldException;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Our own pictures in a text that is about to be saved. */
@Component
class ShownImages {

    private final Images images;

    ShownImages(Images images) {
        this.images = images;
    }

    /**
     * Keeps them from being removed until the text is saved, which is given with all their sizes; fails where one is not
     * there.
     */
    Mono<Content> keep(Content content) {
        Set<String> ids = MediaReferences.in(content);
        if (ids.isEmpty()) {
            return Mono.just(content);
        }
        return images.use(ids)
                .flatMap(missing ->
                        missing.isEmpty() ? withSizes(content, ids) : Mono.error(notThere(content, missing)));
    }

    private Mono<Content> withSizes(Content content, Set<String> ids) {
        return images.stored(ids.stream().limit(ResponsiveImages.MOST).toList())
                .collectMap(Image::id, ShownImages::picture)
                .publishOn(Schedulers.boundedElastic())
                .map(pictures -> content.withBody(content.body().showing(pictures)));
    }

    /** Of each width the smaller file: whatever reads {@code srcset} and is younger than 2020 knows WebP. */
    private static ResponsiveImages.Picture picture(Image image) {
        var files = new TreeMap<Integer, ResponsiveImages.File>();
        for (Image.Size size : image.sizes()) {
            if (size.type() == ImageType.WEBP || !files.containsKey(size.width())) {
                files.put(size.width(), new ResponsiveImages.File(image.url(size), size.width()));
            }
        }
        return new ResponsiveImages.Picture(
                image.width(), image.height(), files.values().stream().toList());
    }

    private static InvalidFieldException notThere(Content content, Set<String> missing) {
        String path = Image.PATH + missing.iterator().next();
        String cover = content.coverImage();
        return new InvalidFieldException(
                cover != null && cover.contains(path) ? "coverImage" : "body.text",
                "shows a picture that is not there: " + path);
    }
}
