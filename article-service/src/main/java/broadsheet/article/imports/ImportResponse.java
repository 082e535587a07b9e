package broadsheet.article.imports;

import broadsheet.article.imports.format.ImportFormat;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an import so far, as the API shows it.
 *
 * @param size of its file, in bytes
 * @param total null until the articles are counted
 * @param refused the first of them; all can be listed
 * @param refusedCount of all that were refused
 * @param notedCount articles of which something could not be kept as it was
 * @param failure why it ended before its end
 */
record ImportResponse(
        String id,
        ImportJob.State state,
        ImportFormat format,
        boolean dryRun,
        boolean alerts,
        boolean fetchImages,
        String category,
        String by,
        long size,
        Instant createdAt,
        @Nullable Instant finishedAt,
        long done,
        @Nullable Long total,
        long created,
        long updated,
        long unchanged,
        List<Found> refused,
        long refusedCount,
        long notedCount,
        @Nullable String failure) {

    /** @param item where it stands in the file */
    record Found(String item, String why) {

        static Found of(ImportFinding finding) {
            return new Found(finding.item(), finding.why());
        }
    }

    static ImportResponse of(ImportJob job, List<ImportFinding> refused) {
        ImportOptions options = job.options();
        ImportCounts counts = job.counts();
        return new ImportResponse(
                job.id(),
                job.state(),
                options.format(),
                options.dryRun(),
                options.alerts(),
                options.fetchImages(),
                options.category(),
                job.by(),
                job.size(),
                job.created(),
                job.finished(),
                counts.done(),
                job.total(),
                counts.created(),
                counts.updated(),
                counts.unchanged(),
                refused.stream().map(Found::of).toList(),
                counts.refused(),
                counts.noted(),
                job.failure());
    }
}
