package broadsheet.article.search;

import com.ibm.icu.text.Collator;
import com.ibm.icu.util.ULocale;
import org.apache.lucene.util.BytesRef;

/** The order of titles as a reader expects it: by the Unicode collation, Chinese by pinyin. */
final class TitleOrder {

    private static final int LONGEST = 100;
    private static final Collator COLLATOR =
            Collator.getInstance(ULocale.forLanguageTag("zh-u-kn")).freeze();

    private TitleOrder() {}

    /** Of its first 100 characters; compared byte by byte. */
    static BytesRef key(String title) {
        String first = title.length() <= LONGEST ? title : title.substring(0, LONGEST);
        byte[] key = COLLATOR.getCollationKey(first).toByteArray();
        return new BytesRef(key, 0, key.length - 1); // it ends with a zero
    }
}
