package broadsheet.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.env.Environment;

/** The secret that signs staff sessions: the environment's, or one made up at the first start and kept. */
final class SessionSecret {

    private static final int BYTES = 32;

    private SessionSecret() {}

    static String of(Environment environment, Path data) {
        String chosen = environment.getProperty("BROADSHEET_SESSION_SECRET", "");
        return chosen.isBlank() ? kept(data.resolve("session.secret")) : chosen;
    }

    private static String kept(Path file) {
        try {
            if (Files.notExists(file)) {
                var bytes = new byte[BYTES];
                new SecureRandom().nextBytes(bytes);
                Files.createFile(file);
                if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                }
                Files.writeString(file, Base64.getEncoder().encodeToString(bytes));
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new FailureAnalyzedException(
                    "The session secret " + file + " cannot be read or written.", "Check the rights of this file.", e);
        }
    }
}
