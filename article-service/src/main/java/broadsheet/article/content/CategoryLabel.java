package broadsheet.article.content;

/** The category of an article, with the name under which pages show it. */
public record CategoryLabel(String slug, String name) {}
