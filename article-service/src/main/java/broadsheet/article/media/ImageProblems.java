package broadsheet.article.media;

import broadsheet.article.media.imaging.UnusableImageException;
import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/** Refusals of pictures. */
final class ImageProblems {

    private static final String SOON = "5";

    private ImageProblems() {}

    static ProblemException of(UnusableImageException e) {
        String why = String.valueOf(e.getMessage());
        return switch (e.reason()) {
            case BROKEN -> new InvalidFieldException("file", why);
            case UNSUPPORTED -> new ProblemException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, why);
            case TOO_LARGE -> new ProblemException(HttpStatus.CONTENT_TOO_LARGE, why);
        };
    }

    static ProblemException tooManyBytes(DataSize most) {
        return new ProblemException(
                HttpStatus.CONTENT_TOO_LARGE, "The file is larger than the " + most.toMegabytes() + " MB it may have");
    }

    static ProblemException tooManyWaiting() {
        return later("Too many pictures wait to be converted; try again");
    }

    static ProblemException beingRemoved() {
        return later("The same picture is just being removed; try again");
    }

    static ProblemException unknown(String id) {
        return new ProblemException(HttpStatus.NOT_FOUND, "There is no picture " + id);
    }

    static ProblemException used(String id) {
        return new ProblemException(HttpStatus.CONFLICT, "Picture " + id + " is used by articles or their revisions");
    }

    static ProblemException ofSomeoneElse() {
        return new ProblemException(HttpStatus.FORBIDDEN, "Only an editor may remove a picture of someone else");
    }

    private static ProblemException later(String why) {
        var problem = new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, why);
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, SOON);
        return problem;
    }
}
