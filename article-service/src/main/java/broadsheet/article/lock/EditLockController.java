package broadsheet.article.lock;

import broadsheet.article.editing.EditorialWorkflow;
import broadsheet.article.editing.SessionStaff;
import broadsheet.web.problem.ProblemException;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Tells the newsroom who is editing an article; an editor's page renews its lock once a minute. */
@RestController
@RequestMapping("/api/articles/{id}/lock")
class EditLockController {

    private final EditLocks locks;
    private final EditorialWorkflow workflow;
    private final SessionStaff staff;

    EditLockController(EditLocks locks, EditorialWorkflow workflow, SessionStaff staff) {
        this.locks = locks;
        this.workflow = workflow;
        this.staff = staff;
    }

    @GetMapping
    Mono<LockResponse> one(@PathVariable String id) {
        return workflow.known(id)
                .flatMap(article -> locks.of(id))
                .map(LockResponse::of)
                .switchIfEmpty(Mono.error(
                        () -> new ProblemException(HttpStatus.NOT_FOUND, "Nobody is editing article " + id)));
    }

    /** Takes or renews it: a 409 that names who has it where that is somebody else, unless it is to be taken from them. */
    @PutMapping
    Mono<LockResponse> take(
            @PathVariable String id, @RequestParam(defaultValue = "false") boolean takeOver, Authentication session) {
        return workflow.known(id)
                .then(staff.of(session))
                .flatMap(by -> locks.take(id, by, takeOver))
                .map(LockResponse::of)
                .switchIfEmpty(Mono.defer(() -> taken(id)));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> release(@PathVariable String id, Authentication session) {
        return workflow.known(id).then(locks.release(id, session.getName()));
    }

    private Mono<LockResponse> taken(String id) {
        return locks.of(id)
                .map(lock -> {
                    var problem =
                            new ProblemException(HttpStatus.CONFLICT, lock.displayName() + " is editing article " + id);
                    problem.getBody().setProperty("lock", LockResponse.of(lock));
                    return problem;
                })
                .defaultIfEmpty(new ProblemException(
                        HttpStatus.CONFLICT, "Somebody else was editing article " + id + "; try again"))
                .flatMap(Mono::error);
    }

    record LockResponse(String by, String displayName, Instant since, Instant until) {

        static LockResponse of(EditLock lock) {
            return new LockResponse(lock.by(), lock.displayName(), lock.since(), lock.until());
        }
    }
}
