package broadsheet.article.imports.format;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Markdown files of a zip archive as they come, none of which is ever written anywhere: what a name points to does
 * no harm, and is refused all the same. What the archive inflates to is bounded, file by file and as a whole.
 */
final class MarkdownReader implements ItemReader {

    private static final int MAX_FILE = 4 << 20;
    private static final long MAX_INFLATED = 2L << 30;
    private static final int MAX_FILES = 200_000;
    private static final int MAX_NAME = 500;
    private static final int CHUNK = 1 << 14;

    private final ZipInputStream archive;
    private final MarkdownPosts posts = new MarkdownPosts();
    private final ArrayDeque<ImportItem> ready = new ArrayDeque<>();
    private final Set<String> names = new HashSet<>();
    private final byte[] chunk = new byte[CHUNK];
    private long inflated;

    MarkdownReader(Path file) throws IOException {
        try (InputStream start = Files.newInputStream(file)) {
            if (start.read() != 'P' || start.read() != 'K') {
                throw new UnreadableFileException("It is no zip archive");
            }
        }
        this.archive = new ZipInputStream(Files.newInputStream(file));
    }

    @Override
    public @Nullable ImportItem next() throws IOException {
        while (ready.isEmpty()) {
            ZipEntry entry = entry();
            if (entry == null) {
                return null;
            }
            read(entry);
        }
        return ready.poll();
    }

    private @Nullable ZipEntry entry() throws IOException {
        try {
            return archive.getNextEntry();
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new UnreadableFileException("It is a damaged zip archive: " + e.getMessage(), e);
        }
    }

    private void read(ZipEntry entry) throws IOException {
        String name = entry.getName();
        boolean isWanted = !entry.isDirectory() && isMarkdown(name);
        byte[] content = inflate(isWanted);
        if (!isWanted) {
            return;
        }
        String shown = Texts.cut(Texts.oneLine(name), 200);
        if (names.size() == MAX_FILES) {
            throw new UnreadableFileException("It has more than " + MAX_FILES + " Markdown files");
        } else if (name.length() > MAX_NAME) {
            ready.add(new ImportItem.Refused(shown, "has a name of more than " + MAX_NAME + " characters"));
        } else if (!names.add(name)) {
            ready.add(new ImportItem.Refused(shown, "is in the archive twice; the first one counts"));
        } else if (!isPlain(name)) {
            ready.add(new ImportItem.Refused(shown, "has a name that points out of the archive"));
        } else if (content == null) {
            ready.add(new ImportItem.Refused(shown, "is larger than " + MAX_FILE + " bytes"));
        } else {
            try {
                ready.addAll(posts.items(shown, Utf8.text(content)));
            } catch (CharacterCodingException e) {
                ready.add(new ImportItem.Refused(shown, "is not text in UTF-8"));
            }
        }
    }

    /** The entry to its end; null where it is too large, or not wanted. */
    private byte @Nullable [] inflate(boolean isWanted) throws IOException {
        var content = new ByteArrayOutputStream();
        long size = 0;
        try {
            for (int read = archive.read(chunk); read != -1; read = archive.read(chunk)) {
                size += read;
                inflated += read;
                if (inflated > MAX_INFLATED) {
                    throw new UnreadableFileException("It inflates to more than " + MAX_INFLATED + " bytes");
                }
                if (isWanted && size <= MAX_FILE) {
                    content.write(chunk, 0, read);
                }
            }
        } catch (ZipException | EOFException e) { // the latter where it was cut off
            throw new UnreadableFileException("It is a damaged zip archive: " + e.getMessage(), e);
        }
        return isWanted && size <= MAX_FILE ? content.toByteArray() : null;
    }

    private static boolean isMarkdown(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !name.startsWith("__MACOSX/")
                && (lower.endsWith(".md") || lower.endsWith(".markdown") || lower.endsWith(".mkd"));
    }

    private static boolean isPlain(String name) {
        return !name.startsWith("/")
                && name.indexOf('\\') < 0
                && name.indexOf(':') < 0
                && name.indexOf('\0') < 0
                && !("/" + name + "/").contains("/../");
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
