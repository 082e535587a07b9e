package broadsheet.web.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * An entry of the audit trail, which is the logger {@code broadsheet.audit}, and whoever {@linkplain #listen listens}: its kind
 * and what it is about, as key-value pairs of the logging event and as text. Values come from strangers: they are cut and lose what is not printable.
 */
public final class AuditEntry {

    private static final Logger log = LoggerFactory.getLogger("broadsheet.audit");
    private static final String KIND = "audit";
    private static final int MAX_LENGTH = 200;
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\P{C}]|[\\p{Zl}\\p{Zp}]");
    private static final Pattern PLAIN = Pattern.compile("[\\w./:@,-]+");

    /** Of each kind that strangers cause; there are as many as the code names. */
    private static final Map<String, EntryLimits> limits = new ConcurrentHashMap<>();

    private static final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private final Map<String, String> values = new LinkedHashMap<>();

    private AuditEntry(String kind) {
        values.put(KIND, kind);
    }

    /** Gives each entry of this process to a listener, too, until that is {@linkplain #stopListening taken away}. */
    public static void listen(Listener listener) {
        listeners.add(listener);
    }

    public static void stopListening(Listener listener) {
        listeners.remove(listener);
    }

    /** An entry of what happened, such as {@code account-changed}. */
    public static AuditEntry of(String kind) {
        return new AuditEntry(kind);
    }

    public AuditEntry with(String key, Object value) {
        values.put(key, printable(String.valueOf(value)));
        return this;
    }

    public void log() {
        LoggingEventBuilder event = log.atInfo();
        for (var value : values.entrySet()) {
            event = event.addKeyValue(value.getKey(), value.getValue());
        }
        event.log(text());
        if (!listeners.isEmpty()) {
            var details = new LinkedHashMap<>(values);
            String kind = String.valueOf(details.remove(KIND));
            listeners.forEach(listener -> listener.onEntry(kind, details));
        }
    }

    /**
     * For what anyone can cause: of a kind 30 entries a source and 100 in all in 10 seconds; the next says how many were
     * left out.
     *
     * @param source who causes it: a username that is known to be theirs, else a network
     */
    public void logUnlessTooMany(String source) {
        EntryLimits ofKind =
                limits.computeIfAbsent(String.valueOf(values.get(KIND)), kind -> new EntryLimits(System::nanoTime));
        if (ofKind.allow(source)) {
            long leftOut = ofKind.leftOut();
            if (leftOut > 0) {
                with("leftOutBefore", leftOut);
            }
            log();
        }
    }

    private String text() {
        var text = new StringBuilder();
        values.forEach((key, value) ->
                text.append(text.isEmpty() ? "" : " ").append(key).append('=').append(quoted(value)));
        return text.toString();
    }

    private static String printable(String value) {
        String cut = value.length() > MAX_LENGTH ? value.substring(0, MAX_LENGTH) + "…" : value;
        return UNPRINTABLE.matcher(cut).replaceAll("?");
    }

    /** So that no value looks like another pair. */
    private static String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : '"' + value.replace('"', '\'') + '"';
    }

    /** Is called on whatever thread caused the entry, and must not block it. */
    public interface Listener {

        /** Takes an entry; its details are printable, and cut. */
        void onEntry(String kind, Map<String, String> details);
    }
}
