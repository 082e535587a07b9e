package broadsheet.testservers.process;

/** A server that runs beside this process, on the same port and with the same data at each start. */
public interface Killable extends AutoCloseable {

    String name();

    /** Starts it and returns at once. */
    void start();

    boolean isRunning();

    /** Ends it as {@code kill -9} does. */
    void kill();

    /** Lets it end in good order. */
    void stop();

    /** Stops its processors, while its connections stay open. */
    void pause();

    void resume();

    /** Kills it for good. */
    @Override
    void close();
}
