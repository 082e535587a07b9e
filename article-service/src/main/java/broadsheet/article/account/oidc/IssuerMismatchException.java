package broadsheet.article.account.oidc;

/** What is at the issuer's address is not what the settings say, or says nothing that can be used. */
final class IssuerMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1;

    IssuerMismatchException(String message) {
        super(message);
    }

    IssuerMismatchException(String message, Throwable cause) {
        super(message, cause);
    }
}
