package broadsheet.notification.email;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmailEventTests {

    @Test
    void whatIsBlankLeavesNoGapInTheMail() {
        var event = new EmailEvent("Open day", null, "", " ", "https://news.example/open-day");
        assertThat(event.subtitle()).isNull();
        assertThat(event.summary()).isNull();
    }
}
