package broadsheet.article.workflow;

import java.util.Collection;

/**
 * The rule of four eyes: nobody reviews an article of their own, nor a text to which they contributed. It holds for
 * drafts and for corrections, and for every role.
 */
final class ReviewerIsNotAuthor {

    private ReviewerIsNotAuthor() {}

    /**
     * Refuses a reviewer who wrote what is reviewed.
     *
     * @param writers the usernames of all who changed the text since it was last public
     */
    static void check(StaffMember reviewer, StaffMember author, Collection<String> writers) {
        if (!reviewer.isEditor()) {
            throw ArticleProblems.of(reviewer, "review an article");
        }
        if (author.username().equals(reviewer.username())) {
            throw ArticleProblems.of(reviewer, "review an article of one's own");
        }
        if (writers.contains(reviewer.username())) {
            throw ArticleProblems.of(reviewer, "review a change of one's own");
        }
    }
}
