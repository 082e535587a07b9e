package broadsheet.article.hostile;

import org.htmlunit.StringWebResponse;
import org.htmlunit.WebConnection;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;

/** Answers whatever a page asks for with nothing. */
final class NoConnection implements WebConnection {

    @Override
    public WebResponse getResponse(WebRequest request) {
        return new StringWebResponse("", request.getUrl());
    }

    @Override
    public void close() {
        // nothing is open
    }
}
