package broadsheet.article.site;

import broadsheet.article.content.Content;
import broadsheet.article.workflow.Article;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What search engines are told of an article: a <a href="https://schema.org/NewsArticle">NewsArticle</a> as JSON-LD. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ArticleData(
        @JsonProperty("@context") String context,

        @JsonProperty("@type") String type,

        String headline,
        @Nullable String alternativeHeadline,
        @Nullable String description,
        List<String> image,
        @Nullable Instant datePublished,
        Instant dateModified,
        List<Named> author,
        Named publisher,
        @Nullable String url,
        @Nullable String mainEntityOfPage,
        @Nullable String inLanguage,
        String articleSection,
        List<String> keywords,
        @Nullable String correction,

        @JsonProperty("isAccessibleForFree") boolean free) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Named(
            @JsonProperty("@type") String type,

            String name,
            @Nullable String url) {}

    /** Addresses are left out where the site does not know its own. */
    static ArticleData of(Article article, Site site) {
        Content content = article.content();
        String address = site.absolute(article.url());
        String cover = content.coverImage() == null ? null : site.absolute(content.coverImage());
        return new ArticleData(
                "https://schema.org",
                "NewsArticle",
                content.title(),
                content.subtitle(),
                content.summary(),
                cover == null ? List.of() : List.of(cover),
                article.dates().published(),
                article.dates().updated(),
                List.of(new Named("Person", article.author().displayName(), null)),
                new Named("NewsMediaOrganization", site.name(), site.absolute("/")),
                address,
                address,
                content.language(),
                content.category().name(),
                content.tags(),
                article.dates().correctionNote(),
                true);
    }

    /** As it may stand in a script element: nothing in it ends the element or begins a comment (HTML, 4.12.1.3). */
    String inScript() {
        return JSON.writeValueAsString(this)
                .replace("&", "\\u0026")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
