package broadsheet.faults;

import broadsheet.faults.SentView.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must be counted, by what was answered and by the log: each event once, and of a visitor who opened the article
 * twice within the time of a double click only one.
 *
 * @param hits by article
 * @param events in the log, each once
 * @param wrong what was promised and is not in the log, or is in it and should not be
 */
record ExpectedViews(Map<String, Long> hits, long events, List<String> wrong) {

    /** That of stats-service, unless it is told another one. */
    private static final Duration DOUBLE_CLICK = Duration.ofSeconds(30);

    static ExpectedViews of(List<SentView> sent, ViewsLog log) {
        Map<String, Long> hits = new HashMap<>();
        Map<Integer, Instant> opened = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        long events = 0;
        for (SentView view : sent) {
            Set<ViewsLog.LoggedView> logged = log.of(view);
            events += logged.size();
            judge(view, logged, wrong);
            for (ViewsLog.LoggedView event : logged) {
                Instant before = opened.put(view.visitor(), event.receivedAt());
                if (before == null || !isDoubleClick(before, event.receivedAt())) {
                    hits.merge(view.articleId(), 1L, Long::sum);
                }
            }
        }
        return new ExpectedViews(hits, events, wrong);
    }

    /** On another day (UTC) a visitor has another key. */
    private static boolean isDoubleClick(Instant before, Instant at) {
        return Duration.between(before, at).compareTo(DOUBLE_CLICK) <= 0
                && before.truncatedTo(ChronoUnit.DAYS).equals(at.truncatedTo(ChronoUnit.DAYS));
    }

    long allHits() {
        return hits.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void judge(SentView view, Set<ViewsLog.LoggedView> logged, List<String> wrong) {
        if (logged.size() > 1) {
            wrong.add("%s became %d events".formatted(view, logged.size()));
        }
        if (view.outcome() == Outcome.ACKNOWLEDGED
                && logged.stream().noneMatch(event -> event.eventId().equals(view.eventId()))) {
            wrong.add("%s was acknowledged as %s and is not in the log".formatted(view, view.eventId()));
        }
        if (view.outcome() == Outcome.REFUSED && !logged.isEmpty()) {
            wrong.add("%s was refused and is in the log".formatted(view));
        }
    }
}
