package broadsheet.article.outbox;

import org.bson.Document;

/** An outbox entry that cannot be made into a record, however often it is tried. */
final class UnreadableEntryException extends RuntimeException {

    UnreadableEntryException(Document entry, RuntimeException cause) {
        super("The entry " + entry.get(OutboxEntry.EVENT_ID) + " is not an event: " + cause.getMessage(), cause);
    }
}
