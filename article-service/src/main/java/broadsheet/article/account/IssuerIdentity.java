package broadsheet.article.account;

/**
 * What an issuer gives to one person, and to no other ever (OpenID Connect Core 1.0, section 8); names it may give to the next.
 *
 * @param issuer its address, as its tokens name it
 * @param subject the claim {@code sub}
 */
public record IssuerIdentity(String issuer, String subject) {}
