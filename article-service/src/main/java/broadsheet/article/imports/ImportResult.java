package broadsheet.article.imports;

import broadsheet.article.imports.format.ImportItem;
import java.util.List;
import java.util.stream.Stream;

/** What became of some items. */
record ImportResult(ImportCounts counts, List<ImportFinding> findings) {

    /** Of those that were refused before anyone looked into the store. */
    static ImportResult refused(List<NumberedItem> items) {
        List<ImportFinding> findings = items.stream()
                .filter(item -> item.item() instanceof ImportItem.Refused)
                .map(item -> ImportFinding.refused(
                        item.number(), item.item().item(), ((ImportItem.Refused) item.item()).why()))
                .toList();
        return new ImportResult(new ImportCounts(0, 0, 0, findings.size(), 0), findings);
    }

    ImportResult plus(ImportResult more) {
        return new ImportResult(
                counts.plus(more.counts),
                Stream.concat(findings.stream(), more.findings.stream()).toList());
    }
}
