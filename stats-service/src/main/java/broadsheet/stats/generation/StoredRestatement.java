package broadsheet.stats.generation;

import static com.mongodb.client.model.Updates.set;

import broadsheet.stats.generation.Restatement.Changes;
import broadsheet.stats.generation.Restatement.State;
import broadsheet.stats.generation.Restatement.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** What the document of a generation holds where it is a restatement. */
final class StoredRestatement {

    static final String ASKED_BY = "askedBy";
    static final String STATE = "state";
    static final String STEPS = "steps";
    static final String REPLACED = "replaced";

    private static final String CHANGES = "changes";
    private static final String HITS_BEFORE = "hitsBefore";
    private static final String HITS_AFTER = "hitsAfter";
    private static final String ARTICLES = "articles";
    private static final String AT = "at";
    private static final String BY = "by";

    /** Written by earlier releases, which served a restatement without being told to. */
    private static final String SERVED_AT = "servedAt";

    private StoredRestatement() {}

    static Restatement read(Document stored) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(
                stored.getDate(StoredGeneration.FROM) == null ? State.COUNTING : State.COPYING,
                stored.getDate(StoredGeneration.BEGAN_AT).toInstant(),
                stored.getString(ASKED_BY)));
        if (stored.getDate(SERVED_AT) != null) {
            steps.add(new Step(State.SERVED, stored.getDate(SERVED_AT).toInstant(), null));
        }
        stored.getList(STEPS, Document.class, List.of()).stream()
                .map(StoredRestatement::step)
                .forEach(steps::add);
        return new Restatement(StoredGeneration.read(stored), List.copyOf(steps), changes(stored), replaced(stored));
    }

    static Document step(State state, Instant at, @Nullable String by) {
        return new Document(STATE, state.told()).append(AT, Date.from(at)).append(BY, by);
    }

    private static Step step(Document stored) {
        return new Step(State.of(stored.getString(STATE)), stored.getDate(AT).toInstant(), stored.getString(BY));
    }

    static Bson with(Changes changes) {
        return set(
                CHANGES,
                new Document(HITS_BEFORE, changes.hitsBefore())
                        .append(HITS_AFTER, changes.hitsAfter())
                        .append(ARTICLES, changes.articles()));
    }

    private static @Nullable Changes changes(Document stored) {
        Document changes = stored.get(CHANGES, Document.class);
        return changes == null
                ? null
                : new Changes(changes.getLong(HITS_BEFORE), changes.getLong(HITS_AFTER), changes.getLong(ARTICLES));
    }

    private static Map<String, Integer> replaced(Document stored) {
        Document replaced = stored.get(REPLACED, new Document());
        return replaced.keySet().stream().collect(Collectors.toMap(name -> name, replaced::getInteger));
    }
}
