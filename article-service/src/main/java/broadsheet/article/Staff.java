package broadsheet.article;

import org.springframework.security.core.Authentication;

/** Who of the newsroom does something, and whether that is an editor. */
public record Staff(String username, String displayName, boolean isEditor) {

    static Staff of(Authentication session, String displayName) {
        return new Staff(session.getName(), displayName, isEditor(session));
    }

    static boolean isEditor(Authentication session) {
        return session.getAuthorities().stream().anyMatch(role -> "ROLE_EDITOR".equals(role.getAuthority()));
    }
}
