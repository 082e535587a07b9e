package broadsheet.article.workflow;

import org.springframework.security.core.Authentication;

/** Who of the newsroom does something, and whether that is an editor. */
public record StaffMember(String username, String displayName, boolean isEditor) {

    public static StaffMember of(Authentication session, String displayName) {
        return new StaffMember(session.getName(), displayName, isEditor(session));
    }

    public static boolean isEditor(Authentication session) {
        return session.getAuthorities().stream().anyMatch(role -> "ROLE_EDITOR".equals(role.getAuthority()));
    }
}
