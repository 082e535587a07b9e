package broadsheet.article.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContentTests {

    private final Content forged = new Content(
            "Title",
            null,
            null,
            Body.of(Body.Format.MARKDOWN, "Text"),
            new CategoryLabel("news", "News"),
            List.of(),
            null,
            List.of(new Credit("Copy", "The Copy Desk"), new Credit("reviewed by", "Someone Else")),
            null);

    @Test
    void whoReviewedItReplacesWhoeverIsNamedAsReviewer() {
        assertThat(forged.reviewedBy("Ed").credits())
                .containsExactly(new Credit("Copy", "The Copy Desk"), new Credit("Reviewed by", "Ed"));
    }

    @Test
    void whoIsNamedForAnotherRoleStays() {
        assertThat(forged.credited("Copy", "Ann").credits()).isEqualTo(forged.credits());
    }
}
