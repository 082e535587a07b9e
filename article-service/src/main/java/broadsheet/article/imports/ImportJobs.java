package broadsheet.article.imports;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.imports.ImportJob.State;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The store of the jobs. One run at a time holds a job, and writes its progress only as long as it does. */
@Component
class ImportJobs {

    private static final FindAndModifyOptions AFTER =
            FindAndModifyOptions.options().returnNew(true);

    private final ReactiveMongoTemplate mongo;

    ImportJobs(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    Mono<ImportJob> add(ImportJob job) {
        return mongo.insert(job);
    }

    Mono<ImportJob> byId(String id) {
        return mongo.findById(id, ImportJob.class);
    }

    /** Newest first, one more than asked for where there are more. */
    Flux<ImportJob> list(@Nullable String before, int limit) {
        Query query = before == null ? new Query() : query(where("_id").lt(before));
        return mongo.find(query.with(Sort.by(Sort.Direction.DESC, "_id")).limit(limit + 1), ImportJob.class);
    }

    Mono<Long> countUnfinished() {
        return mongo.count(query(where("state").in(State.RECEIVING, State.WAITING, State.RUNNING)), ImportJob.class);
    }

    /** Its file has come: it waits for its turn. Empty where it was cancelled meanwhile. */
    Mono<ImportJob> queue(String id, long size) {
        return mongo.findAndModify(
                query(where("_id").is(id).and("state").is(State.RECEIVING)),
                new Update().set("state", State.WAITING).set("size", size),
                AFTER,
                ImportJob.class);
    }

    /** The oldest one that nobody works on, held by this run from now on; empty where there is none. */
    Mono<ImportJob> claim(String holder, Instant now, Instant until) {
        Criteria free = new Criteria()
                .orOperator(
                        where("state").is(State.WAITING),
                        where("state").is(State.RUNNING).and("heldUntil").lt(now));
        return mongo.findAndModify(
                query(free).with(Sort.by("_id")),
                new Update()
                        .set("state", State.RUNNING)
                        .set("holder", holder)
                        .set("heldUntil", until)
                        .inc("attempts", 1),
                AFTER,
                ImportJob.class);
    }

    /** False where the run does not hold the job any more. */
    Mono<Boolean> hold(String id, String holder, Instant until) {
        return update(id, holder, new Update().set("heldUntil", until));
    }

    Mono<Boolean> counted(String id, String holder, long total) {
        return update(id, holder, new Update().set("total", total));
    }

    Mono<Boolean> progress(String id, String holder, ImportCounts counts) {
        return update(id, holder, new Update().set("counts", counts).set("attempts", 0));
    }

    Mono<Boolean> finish(String id, String holder, State state, @Nullable String failure, Instant now) {
        var update = new Update().set("state", state).set("finished", now);
        return update(id, holder, failure == null ? update : update.set("failure", failure));
    }

    /** The job, ended by whoever asked for it; empty where it has ended before. */
    Mono<ImportJob> cancel(String id, Instant now) {
        return mongo.findAndModify(
                query(where("_id").is(id).and("state").in(State.RECEIVING, State.WAITING, State.RUNNING)),
                new Update().set("state", State.CANCELLED).set("finished", now),
                AFTER,
                ImportJob.class);
    }

    /** Lets another run go on at once. */
    Mono<Void> release(String id, String holder) {
        return update(id, holder, new Update().set("heldUntil", Instant.EPOCH)).then();
    }

    /** Jobs that ended before that time, and those whose file had not come by then. */
    Flux<ImportJob> endedBefore(Instant finished, Instant received) {
        return mongo.find(
                query(new Criteria()
                                .orOperator(
                                        where("finished").lt(finished),
                                        where("state")
                                                .is(State.RECEIVING)
                                                .and("created")
                                                .lt(received)))
                        .limit(100),
                ImportJob.class);
    }

    Mono<Void> remove(List<String> ids) {
        return mongo.remove(query(where("_id").in(ids)), ImportJob.class).then();
    }

    private Mono<Boolean> update(String id, String holder, Update update) {
        return mongo.updateFirst(
                        query(where("_id")
                                .is(id)
                                .and("holder")
                                .is(holder)
                                .and("state")
                                .is(State.RUNNING)),
                        update,
                        ImportJob.class)
                .map(result -> result.getMatchedCount() == 1);
    }
}
