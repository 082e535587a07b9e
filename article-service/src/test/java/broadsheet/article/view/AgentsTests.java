package broadsheet.article.view;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.ArticleViewed.Device;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class AgentsTests {

    @ParameterizedTest
    @CsvFileSource(resources = "agents.txt", delimiter = '|', quoteCharacter = '`')
    void agentsAreWhatTheySayTheyAre(Agent agent, Device device, String userAgent) {
        String said = userAgent == null ? "" : userAgent;
        assertThat(Agents.agent(said)).as(said).isEqualTo(agent);
        assertThat(Agents.device(said)).as(said).isEqualTo(device);
    }
}
