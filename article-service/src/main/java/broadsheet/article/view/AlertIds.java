package broadsheet.article.view;

/** The ids that links of alerts bring as {@code ?alert=}: of an event, and of the way by which it was told. */
final class AlertIds {

    static final int MAX_LENGTH = 100;

    private AlertIds() {}

    /** Whether it can be one: letters, digits, dots, hyphens and underscores, which stand in an address as they are. */
    static boolean isOne(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean known = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!known && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }
}
