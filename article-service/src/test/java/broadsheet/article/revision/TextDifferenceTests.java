package broadsheet.article.revision;

import static broadsheet.article.revision.TextDifference.Operation.DELETE;
import static broadsheet.article.revision.TextDifference.Operation.EQUAL;
import static broadsheet.article.revision.TextDifference.Operation.INSERT;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.article.revision.TextDifference.Operation;
import broadsheet.article.revision.TextDifference.Piece;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextDifferenceTests {

    @Test
    void wordsThatChangedAreToldInTheirLine() {
        assertThat(TextDifference.between(
                        "One line.\nThe old word stands.\nThe end.", "One line.\nThe new word stands.\nThe end."))
                .containsExactly(
                        new Piece(EQUAL, "One line.\nThe "),
                        new Piece(DELETE, "old"),
                        new Piece(INSERT, "new"),
                        new Piece(EQUAL, " word stands.\nThe end."));
    }

    @Test
    void wordsOfChineseAreKnownWithoutSpaces() {
        assertThat(TextDifference.between("我们加强交流。", "我们促进交流。"))
                .containsExactly(
                        new Piece(EQUAL, "我们"),
                        new Piece(DELETE, "加强"),
                        new Piece(INSERT, "促进"),
                        new Piece(EQUAL, "交流。"));
    }

    @Test
    void aTextThatWasNotThereIsInserted() {
        assertThat(TextDifference.between(null, "New")).containsExactly(new Piece(INSERT, "New"));
        assertThat(TextDifference.between("Old", null)).containsExactly(new Piece(DELETE, "Old"));
        assertThat(TextDifference.between("", null)).isEmpty();
        assertThat(TextDifference.between("Same", "Same")).containsExactly(new Piece(EQUAL, "Same"));
    }

    @Test
    void thePiecesMakeUpBothTexts() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            String earlier = text(random, 60);
            String later = random.nextBoolean() ? text(random, 60) : earlier.replace("a", "b");
            List<Piece> pieces = TextDifference.between(earlier, later);

            assertThat(without(INSERT, pieces)).as("earlier, seed %d", seed).isEqualTo(earlier);
            assertThat(without(DELETE, pieces)).as("later, seed %d", seed).isEqualTo(later);
            for (int n = 1; n < pieces.size(); n++) {
                assertThat(pieces.get(n).operation())
                        .as("seed %d", seed)
                        .isNotEqualTo(pieces.get(n - 1).operation());
            }
        }
    }

    @Test
    void aLongTextThatIsAllNewIsReplacedWhole() {
        String earlier = "old ".repeat(200_000) + "end of old";
        String later = "new ".repeat(200_000) + "end of the new";

        assertThat(TextDifference.between(earlier, later))
                .containsExactly(new Piece(DELETE, earlier), new Piece(INSERT, later));
    }

    private static String text(Random random, int words) {
        String letters = "abc\n 交流 ";
        return IntStream.range(0, random.nextInt(words))
                .mapToObj(n -> letters.substring(random.nextInt(4), 4 + random.nextInt(4)))
                .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
    }

    private static String without(Operation operation, List<Piece> pieces) {
        return pieces.stream()
                .filter(piece -> piece.operation() != operation)
                .map(Piece::text)
                .collect(Collectors.joining());
    }
}
