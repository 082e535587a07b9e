package broadsheet.notification.email;

import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.channel.DisabledNotice;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Target.WebhookTarget;
import broadsheet.web.limit.RateLimit;
import broadsheet.web.problem.InvalidFieldException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells the contact of a webhook by mail that nothing more is sent to it, and why. */
@Component
class DisabledWebhookEmail implements DisabledNotice {

    private static final Logger log = LoggerFactory.getLogger(DisabledWebhookEmail.class);

    /** Nobody asked the contact whether it wants them: to one mailbox so many at once, then so many a day. */
    private static final int BURST = 20;

    private static final int A_DAY = 10;

    private final EmailProperties settings;
    private final EmailTemplates templates;
    private final SmtpSender sender;
    private final InstantSource clock;
    private final RateLimit limit = new RateLimit(BURST, A_DAY, Duration.ofDays(1));

    DisabledWebhookEmail(EmailProperties settings, EmailTemplates templates, SmtpSender sender, InstantSource clock) {
        this.settings = settings;
        this.templates = templates;
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public Mono<Void> send(Subscription disabled, String reason) {
        if (settings.unavailable().isPresent()
                || !(disabled.target() instanceof WebhookTarget webhook)
                || webhook.contact() == null) {
            return Mono.empty();
        }
        String contact = webhook.contact();
        return Mono.fromCallable(() -> EmailAddress.of(contact))
                .onErrorComplete(InvalidFieldException.class)
                .filter(to -> limit.take(to.mailbox()).isZero())
                .flatMap(to -> sender.send(
                        session -> write(disabled, webhook.url(), to, reason).write(session)))
                .doOnNext(outcome -> log.debug("Told the contact of webhook {}: {}", disabled.id(), outcome))
                .filter(DeliveryOutcome.Failed.class::isInstance)
                .<Void>flatMap(failed -> Mono.error(new IllegalStateException("The mail server does not take it now")));
    }

    private Email write(Subscription disabled, String url, EmailAddress to, String reason) {
        Locale language = disabled.language();
        String subject = templates.message("webhook.subject", language, settings.siteName());
        Map<String, Object> model = Map.of(
                "subject", subject,
                "site", settings.siteName(),
                "url", url,
                "subscription", disabled.id(),
                "reason", HeaderText.of(reason));
        return new Email(
                "disabled." + disabled.id(),
                settings.senderOfSite(),
                to,
                clock.instant(),
                subject,
                templates.render("disabled-webhook.txt", language, model),
                templates.render("disabled-webhook.html", language, model),
                Map.of());
    }
}
