package broadsheet.article.imports;

import broadsheet.article.account.Accounts;
import broadsheet.article.category.Categories;
import broadsheet.article.imports.picture.JobPictures;
import broadsheet.article.media.Images;
import broadsheet.article.store.ImportedArticles;
import broadsheet.article.workflow.StaffMember;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Begins what a run keeps in mind while it imports batch after batch. */
@Component
class ImportBatches {

    private final ImportedArticles articles;
    private final Categories categories;
    private final Accounts accounts;
    private final Images images;
    private final InstantSource clock;

    ImportBatches(
            ImportedArticles articles, Categories categories, Accounts accounts, Images images, InstantSource clock) {
        this.articles = articles;
        this.categories = categories;
        this.accounts = accounts;
        this.images = images;
        this.clock = clock;
    }

    Mono<ImportBatch> begin(ImportJob job, JobPictures pictures) {
        var names = new AuthorNames(accounts);
        return names.add(List.of(job.by())).then(Mono.fromSupplier(() -> {
            var importer = new StaffMember(job.by(), names.of(job.by()), false);
            var labels = new CategoryLabels(categories, job.options().dryRun());
            return new ImportBatch(
                    job, importer, articles, labels, names, new ArticlePictures(pictures, images), clock);
        }));
    }
}
