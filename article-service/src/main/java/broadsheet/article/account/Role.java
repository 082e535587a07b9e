package broadsheet.article.account;

/** What an account may do; an editor is an author too, an administrator is everything. */
public enum Role {
    AUTHOR,
    EDITOR,
    OPERATOR,
    ADMIN
}
