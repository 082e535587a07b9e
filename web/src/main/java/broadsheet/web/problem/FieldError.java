package broadsheet.web.problem;

/** What is wrong with one field of a request, as the {@code errors} of a problem list it. */
public record FieldError(String field, String message) {}
