package broadsheet.stats.referrer;

import static broadsheet.stats.ViewEvents.by;
import static broadsheet.stats.ViewEvents.referredBy;
import static broadsheet.stats.ViewEvents.view;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleViewed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferrersTests {

    private final Referrers referrers = TestReferrers.of("https://www.news.example:8443/");

    @ParameterizedTest
    @CsvSource({
        "www.google.com,         SEARCH,    Google",
        "google.co.uk,           SEARCH,    Google",
        "news.google.com,        SEARCH,    Google",
        "mail.google.com,        MAIL,      Gmail",
        "m.baidu.com,            SEARCH,    Baidu",
        "tieba.baidu.com,        SOCIAL,    Tieba",
        "mp.weixin.qq.com,       SOCIAL,    WeChat",
        "user.qzone.qq.com,      SOCIAL,    QQ",
        "mail.qq.com,            MAIL,      QQ Mail",
        "m.weibo.cn,             SOCIAL,    Weibo",
        "t.co,                   SOCIAL,    X",
        "x.com,                  SOCIAL,    X",
        "notx.com,               REFERRAL,  notx.com",
        "chatgpt.com,            ASSISTANT, ChatGPT",
        "NEWS.example,           INTERNAL,  news.example",
        "google.com.evil.example, REFERRAL, google.com.evil.example",
        "xn--bcher-kva.example,  REFERRAL,  xn--bcher-kva.example",
        "localhost,              REFERRAL,  localhost",
        ".,                      REFERRAL,  .",
    })
    void theHostThatLedHereSaysTheChannelAndTheSource(String host, Channel channel, String source) {
        ArticleViewed view = referredBy(host, view("a", "v", Instant.EPOCH));

        assertThat(referrers.origin(view).channel()).isEqualTo(channel);
        assertThat(referrers.origin(view).source()).isEqualTo(source);
    }

    @ParameterizedTest
    @CsvSource({
        "Mozilla/5.0 (iPhone) AppleWebKit/605 Mobile MicroMessenger/8.0.50(0x1800) NetType/WIFI, SOCIAL, WeChat",
        "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537 Mobile Safari/537 V1_AND_SQ_9.0 QQ/9.0.1, SOCIAL, QQ",
        "Mozilla/5.0 (iPhone) AppleWebKit/605 Mobile Weibo (iPhone15__weibo__14.1), SOCIAL, Weibo",
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0, DIRECT,",
    })
    void anAppsBrowserIsKnownWhereNoPageLedHere(String userAgent, Channel channel, @Nullable String source) {
        ArticleViewed view = by(null, userAgent, view("a", "v", Instant.EPOCH));

        assertThat(referrers.origin(view).channel()).isEqualTo(channel);
        assertThat(referrers.origin(view).source()).isEqualTo(source);
    }

    @Test
    void withoutAnyHintAViewIsDirect() {
        assertThat(referrers.origin(view("a", "v", Instant.EPOCH)).channel()).isEqualTo(Channel.DIRECT);
        assertThat(referrers.origin(view("a", "v", Instant.EPOCH)).source()).isNull();
        assertThat(referrers.origin(view("a", "v", Instant.EPOCH)).host()).isNull();
    }
}
