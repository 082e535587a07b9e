package broadsheet.notification.email;

/**
 * What a mail says of events, in one language, to whoever is told of them: but for the link that ends the subscription.
 *
 * @param placeholder stands where that link is in the text and the HTML
 */
record AlertEmailText(String subject, String text, String html, String placeholder) {

    String text(String unsubscribe) {
        return text.replace(placeholder, unsubscribe);
    }

    String html(String unsubscribe) {
        return html.replace(placeholder, unsubscribe);
    }

    int length() {
        return text.length() + html.length();
    }
}
