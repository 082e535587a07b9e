package broadsheet.stats.imports;

import java.util.Optional;

/** How the lines of an import are read; one reader for each import, since a CSV file begins with its columns. */
interface ImportFormat {

    /**
     * The page that a line tells of; empty where it tells of none, such as a header.
     *
     * @throws IllegalArgumentException saying what is wrong with the line
     */
    Optional<ImportedPage> read(String line);
}
