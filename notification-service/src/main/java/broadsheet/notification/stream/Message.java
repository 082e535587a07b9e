package broadsheet.notification.stream;

import broadsheet.events.ArticleSnapshot;

/**
 * A notification as it goes out: written as JSON once, however many clients there are.
 *
 * @param article what filters look at
 */
record Message(ArticleSnapshot article, Notification notification, String json) {}
