package broadsheet.article.revision;

import broadsheet.article.content.Content;
import java.util.List;

/** How one content differs from another: title, subtitle, summary and the source of the body, word by word. */
record ContentDifference(
        List<TextDifference.Piece> title,
        List<TextDifference.Piece> subtitle,
        List<TextDifference.Piece> summary,
        List<TextDifference.Piece> body) {

    static ContentDifference between(Content earlier, Content later) {
        return new ContentDifference(
                TextDifference.between(earlier.title(), later.title()),
                TextDifference.between(earlier.subtitle(), later.subtitle()),
                TextDifference.between(earlier.summary(), later.summary()),
                TextDifference.between(earlier.body().text(), later.body().text()));
    }
}
