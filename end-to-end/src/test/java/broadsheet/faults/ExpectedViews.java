package broadsheet.faults;

import broadsheet.faults.SentView.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must be counted, by what was answered and by the log: each event once, and of a visitor who opened the article
 * twice at once only one.
 *
 * @param hits by article
 * @param events in the log, each once
 * @param wrong what was promised and is not in the log, or is in it and should not be
 */
record ExpectedViews(Map<String, Long> hits, long events, List<String> wrong) {

    static ExpectedViews of(List<SentView> sent, ViewsLog log) {
        Map<String, Long> hits = new HashMap<>();
        Set<List<Object>> visits = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        long events = 0;
        for (SentView view : sent) {
            Set<ViewsLog.LoggedView> logged = log.of(view);
            events += logged.size();
            judge(view, logged, wrong);
            for (ViewsLog.LoggedView event : logged) {
                if (visits.add(List.of(view.visitor(), event.day()))) {
                    hits.merge(view.articleId(), 1L, Long::sum);
                }
            }
        }
        return new ExpectedViews(hits, events, wrong);
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
