package broadsheet.story;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** User agents of people and of crawlers, all different, the same at every run. */
public final class UserAgents {

    /** Someone who looks without being counted. */
    static final String READER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/138.0.0.0 Safari/537.36";

    private static final List<String> PLATFORMS = List.of(
            "Windows NT 10.0; Win64; x64",
            "Macintosh; Intel Mac OS X 10_15_7",
            "X11; Linux x86_64",
            "Linux; Android 14; Pixel 8",
            "Linux; Android 13; SM-S911B",
            "Linux; Android 14; 23127PN0CC");

    private static final List<String> CRAWLERS = List.of(
            "Mozilla/5.0 (compatible; Googlebot/2.%d; +http://www.google.com/bot.html)",
            "Mozilla/5.0 (compatible; bingbot/2.%d; +http://www.bing.com/bingbot.htm)",
            "Mozilla/5.0 (compatible; YandexBot/3.%d; +http://yandex.com/bots)",
            "Mozilla/5.0 (compatible; Baiduspider/2.%d; +http://www.baidu.com/search/spider.html)",
            "Mozilla/5.0 (compatible; AhrefsBot/7.%d; +http://ahrefs.com/robot/)",
            "Mozilla/5.0 (compatible; SemrushBot/7.%d; +http://www.semrush.com/bot.html)",
            "Mozilla/5.0 (compatible; MJ12bot/v1.4.%d; http://mj12bot.com/)",
            "Mozilla/5.0 (compatible; DotBot/1.%d; +https://opensiteexplorer.org/dotbot; help@moz.com)",
            "Sogou web spider/4.%d(+http://www.sogou.com/docs/help/webmasters.htm#07)",
            "DuckDuckBot/1.%d; (+http://duckduckgo.com/duckduckbot.html)");

    private final Random random = new Random(218);

    /** That many people; a longer list starts with the shorter one. */
    public List<String> people(int count) {
        Set<String> people = new LinkedHashSet<>();
        while (people.size() < count) {
            people.add(person());
        }
        return List.copyOf(people);
    }

    List<String> crawlers(int count) {
        List<String> crawlers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            crawlers.add(CRAWLERS.get(i % CRAWLERS.size()).formatted(i / CRAWLERS.size()));
        }
        return List.copyOf(crawlers);
    }

    private String person() {
        int version = 126 + random.nextInt(14);
        return switch (random.nextInt(4)) {
            case 0 -> firefox(version);
            case 1 -> safari();
            default -> chrome(version);
        };
    }

    private String chrome(int version) {
        String platform = PLATFORMS.get(random.nextInt(PLATFORMS.size()));
        String mobile = platform.contains("Android") ? " Mobile" : "";
        return "Mozilla/5.0 (%s) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.%d.%d%s Safari/537.36"
                .formatted(platform, version, 6400 + random.nextInt(900), random.nextInt(200), mobile);
    }

    private String firefox(int version) {
        String platform = PLATFORMS.get(random.nextInt(3));
        return "Mozilla/5.0 (%s; rv:%d.%d) Gecko/20100101 Firefox/%d.%d"
                .formatted(platform, version, random.nextInt(4), version, random.nextInt(4));
    }

    private String safari() {
        int major = 16 + random.nextInt(3);
        int minor = random.nextInt(7);
        return ("Mozilla/5.0 (iPhone; CPU iPhone OS %d_%d like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
                        + " Version/%d.%d Mobile/15E%d Safari/604.1")
                .formatted(major, minor, major, minor, 100 + random.nextInt(100));
    }
}
