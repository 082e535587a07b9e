package broadsheet.notification.event;

/** A channel that passes events on as they come. */
public interface HistoryObserver {

    /** The history has more records or began anew; called often, so it must return at once. */
    void onHistoryChanged();
}
