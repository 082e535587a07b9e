package broadsheet.article.imports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ImportFindingTests {

    @Test
    void whatAFileSaysIsKeptUpToALength() {
        ImportFinding finding = ImportFinding.refused(7, "x".repeat(4_000_000), "y".repeat(1_001));
        assertThat(finding.item()).hasSize(1_001).endsWith("x…");
        assertThat(finding.why()).hasSize(1_001).endsWith("y…");
        assertThat(ImportFinding.note(7, "line 7", "why").item()).isEqualTo("line 7");
    }
}
