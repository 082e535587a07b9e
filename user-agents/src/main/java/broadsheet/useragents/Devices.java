package broadsheet.useragents;

import broadsheet.events.ArticleViewed.Device;
import java.util.Locale;
import java.util.stream.Stream;

/** On which kind of device a page is read, by what its browser says; a recent iPad says that it is a Macintosh. */
final class Devices {

    private Devices() {}

    static Device of(String userAgent) {
        String agent = userAgent.toLowerCase(Locale.ROOT);
        boolean android = agent.contains("android");
        boolean mobile = agent.contains("mobi");
        if (saysAny(agent, "ipad", "tablet", "kindle", "silk/") || (android && !mobile)) {
            return Device.TABLET;
        }
        if (android || mobile || saysAny(agent, "iphone", "ipod")) {
            return Device.MOBILE;
        }
        return saysAny(agent, "windows nt", "macintosh", "x11", "cros") ? Device.DESKTOP : Device.OTHER;
    }

    private static boolean saysAny(String agent, String... words) {
        return Stream.of(words).anyMatch(agent::contains);
    }
}
