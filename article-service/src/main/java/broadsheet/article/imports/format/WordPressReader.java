package broadsheet.article.imports.format;

import broadsheet.article.exports.CategoryLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the posts of a WordPress export. It is read twice: once for what posts refer to and what can come after them, the
 * names of authors and the addresses of pictures. Comments are left out.
 */
final class WordPressReader implements ItemReader {

    private static final int MOST_REFERENCES = 200_000;
    private static final int LONGEST_REFERENCE = 2_000;
    private static final String ATTACHMENT = "attachment";

    private final WordPressXml xml;
    private final WordPressPosts posts;
    private final ArrayDeque<ImportItem> categories = new ArrayDeque<>();
    private long number;

    private WordPressReader(WordPressXml xml, WordPressPosts posts, Map<String, CategoryLine> categories) {
        this.xml = xml;
        this.posts = posts;
        var placed = new CategoryOrder(categories);
        placed.parentsFirst()
                .forEach(line -> this.categories.add(new ImportItem.ReadCategory("category " + line.slug(), line)));
    }

    static WordPressReader open(Path file) throws IOException {
        var authors = new HashMap<String, String>();
        var categories = new HashMap<String, CategoryLine>();
        var pictures = new HashMap<String, String>();
        WordPressXml first = WordPressXml.open(file);
        try (first) {
            for (WordPressPost post = first.nextPost(authors, categories);
                    post != null;
                    post = first.nextPost(authors, categories)) {
                String id = post.text("post_id");
                String address = post.text("attachment_url");
                if (post.text("post_type").equals(ATTACHMENT)
                        && pictures.size() < MOST_REFERENCES
                        && id.length() + address.length() <= LONGEST_REFERENCE) {
                    pictures.put(id, address);
                }
            }
        } catch (UnreadableFileException e) {
            // thrown again where its posts are read, once those before it are
        }
        return new WordPressReader(
                WordPressXml.open(file),
                new WordPressPosts(authors, pictures, first.language(), first.site()),
                categories);
    }

    @Override
    public @Nullable ImportItem next() throws IOException {
        if (!categories.isEmpty()) {
            return categories.poll();
        }
        for (WordPressPost post = xml.nextPost(null, null); post != null; post = xml.nextPost(null, null)) {
            number++;
            if (!post.text("post_type").equals(ATTACHMENT)) { // a picture that posts show
                return posts.item(post, number);
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        xml.close();
    }
}
