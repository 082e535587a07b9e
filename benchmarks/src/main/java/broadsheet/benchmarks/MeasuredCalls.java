package broadsheet.benchmarks;

import broadsheet.testservers.StaffTokens;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.function.IntFunction;

/** Calls, one after another, and how long their answers take; an operator's are none that a cache answers. */
final class MeasuredCalls {

    private static final int CALLS_A_WARM_UP_CALL = 3;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String[] headers;
    private final String site;
    private final int calls;

    /** @param calls of each kind that is measured */
    MeasuredCalls(String site, int calls) {
        this(site, calls, "Authorization", "Bearer " + StaffTokens.of("ops", "OPERATOR"));
    }

    private MeasuredCalls(String site, int calls, String... headers) {
        this.site = site;
        this.calls = calls;
        this.headers = headers;
    }

    /** The same as anyone: no two calls should be alike, or a cache answers them. */
    static MeasuredCalls ofReader(String site, int calls) {
        return new MeasuredCalls(site, calls, "Accept", "application/json");
    }

    /** What a number is asked for as; the first calls are not measured. */
    void measure(String what, IntFunction<String> call) throws Exception {
        measureCall(what, number -> get(call.apply(number)));
    }

    /** Of what is longer than anyone waits for. */
    void measureFirstByte(String what, String path) throws Exception {
        measureCall("first byte of " + what, number -> {
            try (InputStream body = send(path, BodyHandlers.ofInputStream())) {
                if (body.read() < 0) {
                    throw new IOException(path + ": nothing");
                }
            }
        });
    }

    private interface Call {
        void make(int number) throws Exception;
    }

    private void measureCall(String what, Call call) throws Exception {
        for (int number = 0; number < calls / CALLS_A_WARM_UP_CALL; number++) {
            call.make(number);
        }
        long[] micros = new long[calls];
        for (int number = 0; number < calls; number++) {
            long start = System.nanoTime();
            call.make(number);
            micros[number] = (System.nanoTime() - start) / 1_000;
        }
        Arrays.sort(micros);
        System.out.printf(
                "%s: half of the calls answered within %.1f ms, 99 %% within %.1f ms, all within %.1f ms%n",
                what, micros[calls / 2] / 1e3, micros[calls * 99 / 100] / 1e3, micros[calls - 1] / 1e3);
    }

    String get(String path) throws IOException, InterruptedException {
        return send(path, BodyHandlers.ofString());
    }

    private <T> T send(String path, BodyHandler<T> body) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(site + path)).headers(headers).build();
        var answer = http.send(request, body);
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
