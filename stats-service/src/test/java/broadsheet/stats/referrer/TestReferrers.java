package broadsheet.stats.referrer;

import java.net.URI;

/** Of a site with this address. */
public final class TestReferrers {

    private TestReferrers() {}

    public static Referrers of(String baseUrl) {
        return new Referrers(new ReferrerProperties(URI.create(baseUrl)));
    }
}
