package broadsheet.web.access;

import java.util.Collection;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/** The roles of staff: an administrator is everything, an editor is an author. */
final class StaffRoles {

    private static final String PREFIX = "ROLE_";

    private static final RoleHierarchy ROLES = RoleHierarchyImpl.withDefaultRolePrefix()
            .role("ADMIN")
            .implies("EDITOR", "OPERATOR")
            .role("EDITOR")
            .implies("AUTHOR")
            .build();

    private StaffRoles() {}

    /** These roles and those below them. */
    static Collection<? extends GrantedAuthority> authorities(Collection<String> roles) {
        return ROLES.getReachableGrantedAuthorities(AuthorityUtils.createAuthorityList(
                roles.stream().map(role -> PREFIX + role).toList()));
    }

    static boolean isRole(GrantedAuthority authority) {
        return String.valueOf(authority.getAuthority()).startsWith(PREFIX);
    }

    static String name(GrantedAuthority role) {
        return String.valueOf(role.getAuthority()).substring(PREFIX.length());
    }
}
