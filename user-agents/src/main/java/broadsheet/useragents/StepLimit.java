package broadsheet.useragents;

/** Bounds how often patterns may look at a character of a text, whatever the text makes them try again. */
final class StepLimit {

    private final int most;
    private int steps;

    StepLimit(int most) {
        this.most = most;
    }

    int steps() {
        return steps;
    }

    /** The text, to be given to a pattern; it throws {@link ExceededException} where the bound is reached. */
    CharSequence on(String text) {
        return new CountedText(text);
    }

    private final class CountedText implements CharSequence {

        private final String text;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++steps > most) {
                throw new ExceededException();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static final class ExceededException extends RuntimeException {

        private static final long serialVersionUID = 1;

        ExceededException() {
            super("A pattern takes too many steps", null, false, false);
        }
    }
}
