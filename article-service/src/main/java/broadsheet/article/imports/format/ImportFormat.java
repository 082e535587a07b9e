package broadsheet.article.imports.format;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Path;

/** The forms an import comes in. */
public enum ImportFormat {
    /** Our own form, a JSON object a line, as the export writes it. */
    @JsonProperty("ndjson")
    NDJSON {
        @Override
        public ItemReader read(Path file) throws IOException {
            return new ArticleLinesReader(file);
        }
    },
    /** WordPress eXtended RSS (WXR), 1.0 to 1.2. */
    @JsonProperty("wordpress")
    WORDPRESS {
        @Override
        public ItemReader read(Path file) throws IOException {
            return WordPressReader.open(file);
        }
    },
    /** An archive of Markdown files with YAML front matter, as Jekyll and Hugo keep them. */
    @JsonProperty("markdown")
    MARKDOWN {
        @Override
        public ItemReader read(Path file) throws IOException {
            return new MarkdownReader(file);
        }
    };

    public abstract ItemReader read(Path file) throws IOException;
}
