package broadsheet.article.view;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.ArticleViewed.Device;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class UserAgentClassifierTests {

    @ParameterizedTest
    @CsvFileSource(resources = "user-agents.txt", delimiter = '|', quoteCharacter = '`')
    void aUserAgentIsClassifiedByWhatItSays(Agent agent, Device device, String userAgent) {
        String header = userAgent == null ? "" : userAgent;
        assertThat(UserAgentClassifier.agent(header)).as(header).isEqualTo(agent);
        assertThat(UserAgentClassifier.device(header)).as(header).isEqualTo(device);
    }
}
