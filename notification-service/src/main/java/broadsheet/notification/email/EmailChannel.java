package broadsheet.notification.email;

import broadsheet.notification.channel.DeliveryChannel;
import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.channel.OutgoingMessage;
import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.Target;
import broadsheet.notification.subscription.Target.EmailTarget;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Alerts and digests by e-mail. */
@Component
class EmailChannel implements DeliveryChannel {

    private static final int WAITING_PER_CONNECTION = 100;

    private final EmailProperties settings;
    private final AlertEmails emails;
    private final UnsubscribeTokens tokens;
    private final SmtpSender sender;

    EmailChannel(EmailProperties settings, AlertEmails emails, UnsubscribeTokens tokens, SmtpSender sender) {
        this.settings = settings;
        this.emails = emails;
        this.tokens = tokens;
        this.sender = sender;
    }

    @Override
    public Channel channel() {
        return Channel.EMAIL;
    }

    @Override
    public Optional<String> unavailable() {
        return settings.unavailable();
    }

    @Override
    public Mono<Void> check(Target target) {
        return Mono.fromRunnable(() -> EmailAddress.of(((EmailTarget) target).address()));
    }

    /** What waits for a connection is claimed, and looking for more costs the store much: as many as a slow server takes in time. */
    @Override
    public int concurrency() {
        return settings.connections() * WAITING_PER_CONNECTION;
    }

    @Override
    public Mono<DeliveryOutcome> send(OutgoingMessage message) {
        Optional<String> unavailable = settings.unavailable();
        if (unavailable.isPresent()) {
            return Mono.just(SmtpOutcome.failed(null, unavailable.get()));
        }
        var target = (EmailTarget) message.subscription().target();
        return tokens.of(message.subscription().id())
                .flatMap(token -> sender.send(session -> emails.write(message, EmailAddress.of(target.address()), token)
                        .write(session)))
                .onErrorResume(e -> Mono.just(SmtpOutcome.failed(null, HeaderText.of(e.toString()))));
    }
}
