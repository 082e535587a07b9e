package broadsheet.notification.subscription.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import broadsheet.notification.event.EventFilter;
import broadsheet.notification.event.EventHistory;
import broadsheet.notification.subscription.api.FilterPreviewController.PreviewRequest;
import broadsheet.web.problem.ProblemException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class FilterPreviewLimitTests {

    private final FilterPreviewController controller =
            new FilterPreviewController(mock(EventHistory.class), InstantSource.system());

    @AfterEach
    void close() {
        controller.close();
    }

    @Test
    void whoAsksForTooManyIsRefusedAndNobodyElse() {
        assertThatThrownBy(() -> {
                    for (int time = 0; time < 1_000; time++) {
                        preview("192.0.2.7");
                    }
                })
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("429");
        assertThatCode(() -> preview("192.0.2.8")).doesNotThrowAnyException();
    }

    private void preview(String address) {
        var filter = new PreviewRequest(FilterRequest.of(EventFilter.everything()));
        var request = MockServerHttpRequest.post("/api/subscriptions/preview")
                .remoteAddress(new InetSocketAddress(address, 50_000))
                .build();
        var unused = controller.preview(filter, request);
    }
}
