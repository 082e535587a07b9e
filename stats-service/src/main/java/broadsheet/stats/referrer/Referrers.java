package broadsheet.stats.referrer;

import broadsheet.events.ArticleViewed;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells by a view's referrer, alert and user agent where its reader came from. */
@Component
public class Referrers {

    private static final String WWW = "www.";

    /** What the browsers in apps call themselves that send no referrer. */
    private static final List<InApp> IN_APPS = List.of(
            new InApp("MicroMessenger/", new Source("WeChat", Channel.SOCIAL)),
            new InApp("Weibo (", new Source("Weibo", Channel.SOCIAL)),
            new InApp("__weibo__", new Source("Weibo", Channel.SOCIAL)),
            new InApp(" QQ/", new Source("QQ", Channel.SOCIAL)),
            new InApp("AliApp(DingTalk/", new Source("DingTalk", Channel.SOCIAL)),
            new InApp("FBAN/", new Source("Facebook", Channel.SOCIAL)),
            new InApp("FBAV/", new Source("Facebook", Channel.SOCIAL)),
            new InApp("Instagram ", new Source("Instagram", Channel.SOCIAL)),
            new InApp("Line/", new Source("LINE", Channel.SOCIAL)),
            new InApp("Twitter for ", new Source("X", Channel.SOCIAL)),
            new InApp("LinkedInApp", new Source("LinkedIn", Channel.SOCIAL)));

    private record InApp(String token, Source source) {}

    private final @Nullable String ownHost;

    Referrers(ReferrerProperties properties) {
        this.ownHost = Optional.ofNullable(properties.baseUrl())
                .map(URI::getHost)
                .map(Referrers::normalized)
                .orElse(null);
    }

    /** An alert's link comes before all else, then the page that led here, then the app that shows this one. */
    public Origin origin(ArticleViewed view) {
        String host = view.referrerHost() == null ? null : normalized(view.referrerHost());
        Optional<Source> known = known(host, view);
        return new Origin(channel(view, host, known), known.map(Source::name).orElse(host), host);
    }

    private Channel channel(ArticleViewed view, @Nullable String host, Optional<Source> known) {
        if (view.alertId() != null) {
            return Channel.ALERT;
        }
        if (host != null && host.equals(ownHost)) {
            return Channel.INTERNAL;
        }
        return known.map(Source::channel).orElse(host == null ? Channel.DIRECT : Channel.REFERRAL);
    }

    private static Optional<Source> known(@Nullable String host, ArticleViewed view) {
        return host == null ? inApp(view.evidence().userAgent()) : KnownSources.of(host);
    }

    private static Optional<Source> inApp(@Nullable String userAgent) {
        return userAgent == null
                ? Optional.empty()
                : IN_APPS.stream()
                        .filter(app -> userAgent.contains(app.token()))
                        .map(InApp::source)
                        .findFirst();
    }

    private static String normalized(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith(WWW) ? lower.substring(WWW.length()) : lower;
    }
}
