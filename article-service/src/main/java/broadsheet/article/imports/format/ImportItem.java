package broadsheet.article.imports.format;

import broadsheet.article.exports.ArticleLine;
import broadsheet.article.exports.CategoryLine;
import java.util.List;

/** What stands in a file one after the other, each called as its sender can find it again. */
public sealed interface ImportItem {

    /** Where it stands, such as {@code line 7} or {@code _posts/2015-01-02-hello.md}. */
    String item();

    /**
     * An article as far as it can be read.
     *
     * @param notes what of it could not be kept as it was
     */
    record ReadArticle(String item, ArticleLine line, List<String> notes) implements ImportItem {}

    /** A category that articles after it stand in; it comes before them, and its parent before it. */
    record ReadCategory(String item, CategoryLine line) implements ImportItem {}

    record Refused(String item, String why) implements ImportItem {}
}
