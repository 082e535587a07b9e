package broadsheet.story;

import broadsheet.story.StaffClient.Account;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the story published and expects to find again, as a file. Only its owner can read it, since it holds passwords.
 *
 * @param lastEventId where the subscriber left
 * @param awayArticleId what was published after that
 * @param seenArticleIds what the subscriber had got before
 */
record StoryState(
        String articleId,
        String url,
        ExpectedCounts counts,
        Instant ledgerFrom,
        Map<String, Long> ledger,
        String lastEventId,
        String awayArticleId,
        List<String> seenArticleIds,
        List<Account> accounts,
        Map<String, String> figures) {

    static StoryState read(Path file) {
        return HttpAnswer.JSON.readValue(file, StoryState.class);
    }

    void write(Path file) throws IOException {
        Files.deleteIfExists(file);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(
                file,
                HttpAnswer.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + System.lineSeparator());
    }
}
