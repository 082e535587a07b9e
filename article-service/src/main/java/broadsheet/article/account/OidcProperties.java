package broadsheet.article.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The OpenID Connect issuer that staff signs in at; passwords of our own then count no longer.
 *
 * @param issuer its address, as its tokens name it; blank where there is none
 * @param clientId what it calls us
 * @param clientSecret what we prove that with
 * @param usernameClaim the claim that names the account; nobody may be able to choose it there
 * @param rolesClaim the claim with groups or roles, one string or several; a dot leads into an object
 * @param roles which of them is which role of ours, such as {@code editors=EDITOR,staff=AUTHOR}; where it is blank, those that
 *     are called as ours are
 */
@ConfigurationProperties("broadsheet.oidc")
public record OidcProperties(
        @DefaultValue("") String issuer,
        @DefaultValue("") String clientId,
        @DefaultValue("") String clientSecret,
        @DefaultValue("preferred_username") String usernameClaim,
        @DefaultValue("roles") String rolesClaim,
        @DefaultValue("") String roles) {

    public OidcProperties {
        if (!issuer.isBlank() && clientId.isBlank()) {
            throw new IllegalArgumentException("BROADSHEET_OIDC_ISSUER needs BROADSHEET_OIDC_CLIENT_ID");
        }
        rolesByName(roles);
    }

    public boolean isOn() {
        return !issuer.isBlank();
    }

    /** By the name that the issuer gives them. */
    public Map<String, Role> rolesByName() {
        return rolesByName(roles);
    }

    private static Map<String, Role> rolesByName(String roles) {
        if (roles.isBlank()) {
            return Arrays.stream(Role.values())
                    .flatMap(role -> Arrays.stream(
                                    new String[] {role.name(), role.name().toLowerCase(Locale.ROOT)})
                            .map(name -> Map.entry(name, role)))
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        }
        return Arrays.stream(roles.split(",", -1))
                .map(pair -> pair.strip().split("=", 2))
                .collect(Collectors.toUnmodifiableMap(
                        pair -> pair[0].strip(), OidcProperties::role, (one, same) -> one));
    }

    private static Role role(String[] pair) {
        try {
            return Role.valueOf(pair.length == 2 ? pair[1].strip() : "");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "BROADSHEET_OIDC_ROLES must be pairs such as editors=EDITOR, not " + pair[0], e);
        }
    }

    @Override
    public String toString() {
        return "OidcProperties[" + issuer + "]";
    }
}
