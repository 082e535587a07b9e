package broadsheet.article.content;

/** Who did what for an article, such as {@code Copy / Publicity Department}. */
public record Credit(String role, String name) {}
