package broadsheet.article.imports.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchivedPathsTests {

    @ParameterizedTest
    @CsvSource({
        "blog/_posts/2015-01-02-a.md, /assets/b.png, blog/assets/b.png",
        "_posts/2015-01-02-a.md, assets/b.png, assets/b.png",
        "content/post/a.md, /img/b.png?v=1#x, static/img/b.png",
        "content/post/a/index.md, b.png, content/post/a/b.png",
        "content/post/a/index.md, ./i/../b%20c.png, content/post/a/b c.png",
        "source/_posts/a.md, b.png, source/_posts/a/b.png",
        "docs/posts/a.md, ../images/b.png, docs/images/b.png"
    })
    void aPictureIsLookedForWhereGeneratorsKeepIt(String file, String address, String path) {
        assertThat(ArchivedPaths.of(file, address)).contains(path);
    }

    @Test
    void nothingOutsideOfTheArchiveIsLookedFor() {
        assertThat(ArchivedPaths.of("a.md", "../../etc/passwd")).isEmpty();
        assertThat(ArchivedPaths.of("a/b.md", "%2e%2e/%2e%2e/%2e%2e/%2e%2e/x")).noneMatch(path -> path.contains(".."));
    }
}
