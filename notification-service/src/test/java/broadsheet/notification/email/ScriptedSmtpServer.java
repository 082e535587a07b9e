package broadsheet.notification.email;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A mail server that answers a command as a test tells it to, and otherwise as one that takes everything. */
final class ScriptedSmtpServer implements AutoCloseable {

    /** Instead of an answer: none, or the end of the connection. */
    static final String SILENCE = "";

    static final String HANG_UP = "hang up";

    /** What came: commands, one a line, as they came over all connections. */
    final List<String> commands = new CopyOnWriteArrayList<>();

    final List<Socket> connections = new CopyOnWriteArrayList<>();

    private final ServerSocket server;
    private final Function<String, String> script;

    /** The script gives the answer to a command, or "ok" where it does not matter. */
    ScriptedSmtpServer(Function<String, String> script) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.script = script;
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                connections.add(connection);
                start(() -> serve(connection));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket connection) {
        try (connection;
                var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII))) {
            OutputStream out = connection.getOutputStream();
            write(out, "220 ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                commands.add(line);
                String answer = script.apply(line);
                if (answer.equals(HANG_UP)) {
                    return;
                }
                if (!answer.equals(SILENCE)) {
                    write(out, answer.equals("ok") ? ordinary(line) : answer);
                }
                if (line.equals("DATA") && answer.equals("ok")) {
                    while (!String.valueOf(in.readLine()).equals(".")) {
                        // the mail itself
                    }
                    write(out, "250 taken");
                }
            }
        } catch (IOException e) {
            // the client is gone
        }
    }

    private static String ordinary(String command) {
        return command.equals("DATA") ? "354 go on" : "250 ok";
    }

    private static void write(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(US_ASCII));
        out.flush();
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }
}
