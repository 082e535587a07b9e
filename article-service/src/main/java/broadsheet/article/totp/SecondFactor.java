package broadsheet.article.totp;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What an account signs in with beside its password.
 *
 * @param confirmedAt when its first code was right, and it was asked for from then on; null until then
 * @param lastStep the newest step whose code was used: no code counts twice (RFC 6238, 5.2)
 * @param recoveryHashes of the recovery codes that are left
 */
@Document("second_factors")
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SecondFactor(
        @Id String username,
        byte[] secret,
        Instant createdAt,
        @Nullable Instant confirmedAt,
        long lastStep,
        List<String> recoveryHashes) {

    public boolean isConfirmed() {
        return confirmedAt != null;
    }

    @Override
    public String toString() {
        return "SecondFactor[" + username + "]";
    }
}
