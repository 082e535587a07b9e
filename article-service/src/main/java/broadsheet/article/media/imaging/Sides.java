package broadsheet.article.media.imaging;

/** The sides of a picture that becomes smaller. */
final class Sides {

    private Sides() {}

    /** In pixels, at least one and never more than before. */
    static int scaled(int side, double ratio) {
        return (int) Math.min(side, Math.max(1, Math.round(side * ratio)));
    }
}
