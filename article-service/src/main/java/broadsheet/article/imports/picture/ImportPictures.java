package broadsheet.article.imports.picture;

import broadsheet.article.media.Images;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Begins to take in the pictures of an import. */
@Component
public class ImportPictures {

    private final Images images;
    private final PictureFetcher fetcher;
    private final PictureProperties properties;

    ImportPictures(Images images, PictureFetcher fetcher, PictureProperties properties) {
        this.images = images;
        this.fetcher = fetcher;
        this.properties = properties;
    }

    /**
     * Those of the articles that a run imports from here on.
     *
     * @param archive with pictures beside the articles; null where the file is none
     * @param fetch whether pictures are fetched from other sites
     * @param by the username of whoever imports
     */
    public JobPictures open(@Nullable Path archive, boolean fetch, String by) {
        return new JobPictures(
                images,
                fetcher,
                archive == null ? null : new PictureArchive(archive),
                fetch,
                by,
                properties.mostPerArticle());
    }
}
