package broadsheet.story;

import broadsheet.story.StaffClient.Account;
import broadsheet.story.StaffClient.Article;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** The people of one run: the site's admin, an author, an editor, and another editor who reviews what the first writes. */
public record Staff(StaffClient admin, StaffClient author, StaffClient editor, StaffClient reviewer) {

    /** Who reviewed the real page of the story. */
    static final String EDITOR = "Wang Xiaoyun";

    /** New accounts with names and passwords that no other run has. */
    public static List<Account> newAccounts() {
        String run = run();
        String password = password();
        return List.of(
                new Account("author-" + run, "An Author", password + "-a", List.of("AUTHOR")),
                new Account("editor-" + run, EDITOR, password + "-e", List.of("EDITOR")),
                new Account("reviewer-" + run, "A Reviewer", password + "-r", List.of("EDITOR")));
    }

    /** Another one, whose sessions may be ended. */
    static Account newOperator() {
        return new Account("operator-" + run(), "An Operator", password(), List.of("OPERATOR"));
    }

    private static String run() {
        return Long.toString(System.currentTimeMillis(), 36);
    }

    private static String password() {
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        return "Story-" + HexFormat.of().formatHex(secret);
    }

    /** Takes a draft all the way: written and submitted by one, approved and published by another. */
    public Article publish(Draft draft) throws IOException, InterruptedException {
        return editor.publish(editor.approve(author.submit(author.draft(draft))));
    }
}
