package broadsheet.article.session;

import broadsheet.web.audit.AuditEntry;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Ends everyone's sessions, also those that someone made up with a signing key that leaked. */
@RestController
@RequestMapping("/api/sessions")
class AllSessionsController {

    private final SigningKeyRotation keys;

    AllSessionsController(SigningKeyRotation keys) {
        this.keys = keys;
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> endAll(Authentication admin) {
        return keys.replaceAll()
                .doOnSuccess(done -> AuditEntry.of("signing-keys-withdrawn")
                        .with("by", admin.getName())
                        .log());
    }
}
