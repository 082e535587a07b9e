package broadsheet.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Articles as readers choose them: the one at place n of the list is opened 1/n as often as the first (Zipf). */
final class SkewedArticles {

    private final List<String> articles;
    private final double[] upTo;
    private final Random random;

    SkewedArticles(List<String> articles, Random random) {
        this.articles = articles;
        this.random = random;
        this.upTo = new double[articles.size()];
        double sum = 0;
        for (int place = 0; place < upTo.length; place++) {
            sum += 1.0 / (place + 1);
            upTo[place] = sum;
        }
    }

    String next() {
        int place = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
        return articles.get(place < 0 ? -place - 1 : place);
    }
}
