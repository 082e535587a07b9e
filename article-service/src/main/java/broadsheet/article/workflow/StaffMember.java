package broadsheet.article.workflow;

import java.util.ArrayList;
import java.util.List;
import org.springframework.security.core.Authentication;

/** Who of the newsroom does something, and whether that is an editor. */
public record StaffMember(String username, String displayName, boolean isEditor) {

    public static StaffMember of(Authentication session, String displayName) {
        return new StaffMember(session.getName(), displayName, isEditor(session));
    }

    public static boolean isEditor(Authentication session) {
        return session.getAuthorities().stream().anyMatch(role -> "ROLE_EDITOR".equals(role.getAuthority()));
    }

    void mustBeEditor(String what) {
        if (!isEditor) {
            throw ArticleProblems.of(this, what + " an article");
        }
    }

    /** The usernames with this one among them. */
    List<String> addedTo(List<String> usernames) {
        if (usernames.contains(username)) {
            return usernames;
        }
        var more = new ArrayList<>(usernames);
        more.add(username);
        return List.copyOf(more);
    }
}
