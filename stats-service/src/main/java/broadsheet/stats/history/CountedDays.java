package broadsheet.stats.history;

import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.projection.FencedSum;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * What days of an article have counted, and up to which places.
 *
 * @param hits of the days
 * @param timed the same hits, by minutes and quarters of an hour
 * @param bots robots' and programs' views of the days
 */
public record CountedDays(String articleId, FencedSum hits, FencedSum timed, FencedSum bots) {

    static final Bson FIELDS = fields(
            FencedSum.fields(ArticleDays.HITS),
            include(
                    ArticleDays.ARTICLE_ID,
                    TimeOfDay.MINUTE.field(),
                    TimeOfDay.QUARTER.field(),
                    Classification.BOT.column(),
                    Classification.AUTOMATED.column()));

    public static CountedDays none(String articleId) {
        return new CountedDays(articleId, FencedSum.NOTHING, FencedSum.NOTHING, FencedSum.NOTHING);
    }

    static CountedDays of(Document day) {
        long timed = 0;
        for (TimeOfDay unit : TimeOfDay.values()) {
            for (long hits : unit.hits(day).values()) {
                timed += hits;
            }
        }
        long bots = day.get(Classification.BOT.column(), 0L) + day.get(Classification.AUTOMATED.column(), 0L);
        return new CountedDays(
                day.getString(ArticleDays.ARTICLE_ID),
                FencedSum.of(day.getLong(ArticleDays.HITS), day),
                FencedSum.of(timed, day),
                FencedSum.of(bots, day));
    }

    CountedDays and(CountedDays other) {
        return new CountedDays(articleId, hits.and(other.hits), timed.and(other.timed), bots.and(other.bots));
    }
}
