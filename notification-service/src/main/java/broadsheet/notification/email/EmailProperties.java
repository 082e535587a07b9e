package broadsheet.notification.email;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The mail server and what mails say of the site. Blank is as good as missing.
 *
 * @param host of the mail server; without one there is no e-mail
 * @param from such as {@code news@news.example} or {@code The News <news@news.example>}
 * @param tls blank: required where there is a username, otherwise when offered
 * @param connections to the mail server at once, each with a thread
 * @param timeLimit to connect, and of each answer of the mail server
 * @param baseUrl the origin that readers open, which links in mails lead to
 */
@Validated
@ConfigurationProperties("broadsheet.notification.email")
record EmailProperties(
        @DefaultValue("") String host,
        @Min(1) @Max(65535) @DefaultValue("25") int port,
        @DefaultValue("") String username,
        @DefaultValue("") String password,
        @DefaultValue("") String from,
        @DefaultValue("") String tls,
        @Min(1) @Max(64) @DefaultValue("8") int connections,
        @DurationMin(millis = 10) @DefaultValue("20s") Duration timeLimit,
        @NotBlank @DefaultValue("Broadsheet") String siteName,
        @DefaultValue("") String baseUrl) {

    EmailProperties {
        baseUrl = baseUrl.replaceFirst("/$", "");
        if (!baseUrl.isBlank() && !baseUrl.matches("https?://[^/?#@\\s]+")) {
            throw new IllegalArgumentException("BROADSHEET_BASE_URL must be an origin such as https://news.example");
        }
        if (!from.isBlank()) {
            sender(from);
        }
        tls(tls, username);
    }

    /** Why no mail can be sent; none where all is set that it needs. */
    Optional<String> unavailable() {
        if (host.isBlank()) {
            return Optional.of("E-mail is off: no mail server is set (BROADSHEET_SMTP_HOST)");
        }
        if (from.isBlank()) {
            return Optional.of("E-mail is off: it has no sender (BROADSHEET_MAIL_FROM)");
        }
        return baseUrl.isBlank()
                ? Optional.of("E-mail is off: its links would lead nowhere (BROADSHEET_BASE_URL)")
                : Optional.empty();
    }

    InternetAddress sender() {
        return sender(from);
    }

    /** With the name of the site where the setting has none. */
    InternetAddress senderOfSite() {
        InternetAddress sender = sender();
        try {
            if (sender.getPersonal() == null) {
                sender.setPersonal(HeaderText.of(siteName), "UTF-8");
            }
            return sender;
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    Tls tlsOrDefault() {
        return tls(tls, username);
    }

    /** Such as {@code news.example}, for identifiers of mails. */
    String siteHost() {
        return String.valueOf(URI.create(baseUrl).getHost());
    }

    enum Tls {
        /** By STARTTLS when the server offers it. */
        OFFERED,
        /** By STARTTLS, or nothing is sent. */
        REQUIRED,
        /** From the first byte, as on port 465 (RFC 8314). */
        IMPLICIT
    }

    private static InternetAddress sender(String from) {
        try {
            return new InternetAddress(from, true);
        } catch (AddressException e) {
            throw new IllegalArgumentException("BROADSHEET_MAIL_FROM must be a mail address, not " + from, e);
        }
    }

    private static Tls tls(String tls, String username) {
        return switch (tls) {
            case "offered" -> Tls.OFFERED;
            case "required" -> Tls.REQUIRED;
            case "implicit" -> Tls.IMPLICIT;
            case "" -> username.isBlank() ? Tls.OFFERED : Tls.REQUIRED;
            default ->
                throw new IllegalArgumentException(
                        "BROADSHEET_SMTP_TLS must be offered, required or implicit, not " + tls);
        };
    }
}
