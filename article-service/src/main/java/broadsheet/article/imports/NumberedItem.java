package broadsheet.article.imports;

import broadsheet.article.imports.format.ImportItem;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An item with its place among the articles of its file, from 0; a category has that of the article after it.
 *
 * @param ready the article, as far as it is made without the store; null for what is none, or is refused
 */
record NumberedItem(long number, ImportItem item, @Nullable PreparedArticle ready) {

    NumberedItem prepared(PreparedArticle article) {
        return new NumberedItem(number, item, article);
    }

    NumberedItem noted(List<String> more) {
        if (more.isEmpty() || !(item instanceof ImportItem.ReadArticle read)) {
            return this;
        }
        List<String> notes = Stream.concat(read.notes().stream(), more.stream()).toList();
        return new NumberedItem(number, new ImportItem.ReadArticle(read.item(), read.line(), notes), ready);
    }

    NumberedItem refused(String why) {
        return new NumberedItem(number, new ImportItem.Refused(item.item(), why), null);
    }
}
