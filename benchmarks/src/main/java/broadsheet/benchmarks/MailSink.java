package broadsheet.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** A mail server that takes every mail and keeps nothing but its recipients, so that it costs as little as one can. */
final class MailSink implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final Set<String> recipients = ConcurrentHashMap.newKeySet();
    private final LongAdder mails = new LongAdder();
    private final LongAdder connections = new LongAdder();

    MailSink() throws IOException {
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many mails came. */
    long mails() {
        return mails.sum();
    }

    /** To how many different recipients they came. */
    int recipients() {
        return recipients.size();
    }

    long connections() {
        return connections.sum();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                connections.increment();
                start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client;
                InputStream in = new BufferedInputStream(client.getInputStream(), 64 << 10)) {
            OutputStream out = client.getOutputStream();
            answer(out, "220 sink");
            for (String command = line(in); ; command = line(in)) {
                String verb =
                        command.substring(0, Math.min(4, command.length())).toUpperCase(Locale.ROOT);
                if (verb.equals("DATA")) {
                    answer(out, "354 go on");
                    while (!line(in).equals(".")) {
                        // the mail
                    }
                    mails.increment();
                } else if (verb.equals("RCPT")) {
                    recipients.add(command);
                }
                answer(out, verb.equals("QUIT") ? "221 bye" : "250 ok");
            }
        } catch (IOException e) {
            // the client is gone
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder(80);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The client hung up");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static void answer(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(US_ASCII));
        out.flush();
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "mail-sink");
        thread.setDaemon(true);
        thread.start();
    }
}
