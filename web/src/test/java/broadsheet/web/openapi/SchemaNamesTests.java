package broadsheet.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaNamesTests {

    @Test
    void aNameIsAsShortAsTellsItApart() {
        assertThat(SchemaNames.shortened(List.of(
                        "broadsheet.article.reading.ArticleResponse",
                        "broadsheet.article.editing.TransitionController.Step",
                        "broadsheet.stats.generation.Restatement.Step",
                        "broadsheet.stats.ranking.Top.Item",
                        "broadsheet.stats.rollup.Top.Item")))
                .containsEntry("broadsheet.article.reading.ArticleResponse", "ArticleResponse")
                .containsEntry("broadsheet.article.editing.TransitionController.Step", "TransitionControllerStep")
                .containsEntry("broadsheet.stats.generation.Restatement.Step", "RestatementStep")
                .containsEntry("broadsheet.stats.ranking.Top.Item", "RankingTopItem")
                .containsEntry("broadsheet.stats.rollup.Top.Item", "RollupTopItem");
    }

    @Test
    void aPageIsNamedAfterWhatItHas() {
        assertThat(SchemaNames.shortened(List.of("broadsheet.web.paging.PageBroadsheet.stats.imports.Import")))
                .containsValue("ImportPage");
    }
}
