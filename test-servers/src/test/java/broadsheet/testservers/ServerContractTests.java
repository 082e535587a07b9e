package broadsheet.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.MongoWriteException;
import java.util.ArrayList;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What the server says of itself, and its databases. */
class ServerContractTests extends DocumentStoreContract {

    @Test
    void aServerSaysInEveryDatabaseThatItTakesWrites() {
        assertThat(client.getDatabase("contract").runCommand(new Document("hello", 1)))
                .containsEntry("isWritablePrimary", true)
                .containsKey("maxWireVersion");
    }

    @Test
    void droppingADatabaseLeavesOthersWhoseNamesBeginAlike() {
        var short_ = client.getDatabase("contract-x");
        var long_ = client.getDatabase("contract-xy");
        short_.getCollection("c").insertOne(thing("a"));
        long_.getCollection("c").insertOne(thing("a"));

        short_.drop();

        assertThat(short_.getCollection("c").countDocuments()).isZero();
        assertThat(long_.getCollection("c").find().into(new ArrayList<>())).hasSize(1);
        assertThatExceptionOfType(MongoWriteException.class)
                .isThrownBy(() -> long_.getCollection("c").insertOne(thing("a")));
        long_.drop();
    }
}
