package broadsheet.article.imports.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.article.exports.ArticleLine;
import broadsheet.article.imports.format.ImportItem.ReadArticle;
import broadsheet.article.imports.format.ImportItem.ReadCategory;
import broadsheet.article.imports.format.ImportItem.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file read to its end. */
record ReadFile(List<ImportItem> items) {

    static ReadFile of(ImportFormat format, byte[] content) throws IOException {
        Path file = Files.createTempFile("import", "");
        try {
            Files.write(file, content);
            var items = new ArrayList<ImportItem>();
            try (ItemReader reader = format.read(file)) {
                for (ImportItem item = reader.next(); item != null; item = reader.next()) {
                    items.add(item);
                }
            }
            return new ReadFile(items);
        } finally {
            Files.delete(file);
        }
    }

    static ReadFile of(ImportFormat format, String content) throws IOException {
        return of(format, content.getBytes(UTF_8));
    }

    List<ArticleLine> articles() {
        return all(ReadArticle.class).stream().map(ReadArticle::line).toList();
    }

    List<String> notes() {
        return all(ReadArticle.class).stream()
                .flatMap(article -> article.notes().stream())
                .toList();
    }

    List<Refused> refused() {
        return all(Refused.class);
    }

    List<String> categories() {
        return all(ReadCategory.class).stream()
                .map(category ->
                        category.line().slug() + " < " + category.line().parent())
                .toList();
    }

    private <T> List<T> all(Class<T> type) {
        return items.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
