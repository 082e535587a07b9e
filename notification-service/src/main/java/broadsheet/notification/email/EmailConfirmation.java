package broadsheet.notification.email;

import broadsheet.notification.channel.AddressConfirmation;
import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Target.EmailTarget;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Asks whoever reads an address's mail whether they want its subscription. The mail is sent in the background, so that neither
 * the answer nor its time tells anything of the address, and tried again for some minutes; it is lost with this instance,
 * since its token is kept nowhere.
 */
@Component
class EmailConfirmation implements AddressConfirmation {

    private static final Logger log = LoggerFactory.getLogger(EmailConfirmation.class);
    private static final int MAX_WAITING = 1_000;
    private static final Retry AGAIN = Retry.backoff(5, Duration.ofSeconds(10)).maxBackoff(Duration.ofMinutes(2));

    private final EmailProperties settings;
    private final EmailTemplates templates;
    private final ConfirmationLimits limits;
    private final SmtpSender sender;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(MAX_WAITING);

    EmailConfirmation(
            EmailProperties settings,
            EmailTemplates templates,
            ConfirmationLimits limits,
            SmtpSender sender,
            InstantSource clock) {
        this.settings = settings;
        this.templates = templates;
        this.limits = limits;
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public void ask(Subscription pending, String token, String network) {
        if (!places.tryAcquire()) {
            log.warn("A confirmation mail is not sent: {} wait for the mail server already", MAX_WAITING);
            return;
        }
        EmailAddress address = EmailAddress.of(((EmailTarget) pending.target()).address());
        limits.take(address, network)
                .filter(allowed -> allowed)
                .flatMap(allowed -> send(write(pending, address, token)))
                .doFinally(end -> places.release())
                .subscribe(sent -> {}, e -> log.warn("A confirmation mail is not sent: {}", e.toString()));
    }

    private Mono<DeliveryOutcome> send(Email email) {
        return sender.send(email::write)
                .flatMap(outcome -> outcome instanceof DeliveryOutcome.Failed failed
                        ? Mono.<DeliveryOutcome>error(new IllegalStateException(failed.detail()))
                        : Mono.just(outcome))
                .retryWhen(AGAIN);
    }

    private Email write(Subscription pending, EmailAddress address, String token) {
        Locale language = pending.language();
        String subject = templates.message("confirmation.subject", language, settings.siteName());
        String link = settings.baseUrl() + "/subscriptions/confirm/" + token;
        Map<String, Object> model = Map.of("subject", subject, "site", settings.siteName(), "link", link);
        return new Email(
                "confirmation." + pending.id(),
                settings.senderOfSite(),
                address,
                clock.instant(),
                subject,
                templates.render("confirmation.txt", language, model),
                templates.render("confirmation.html", language, model),
                Map.of());
    }
}
