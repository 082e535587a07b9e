package broadsheet.embedded;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.jspecify.annotations.Nullable;

/** Documents in the store, as BSON. */
final class DocumentType extends BasicDataType<Document> {

    static final DocumentType INSTANCE = new DocumentType();

    private static final int OVERHEAD = 48;

    private DocumentType() {}

    static byte[] encode(Document document) {
        ByteBuf buffer = Unpooled.buffer();
        BsonEncoder.encodeDocument(document, buffer);
        return ByteBufUtil.getBytes(buffer);
    }

    static Document decode(byte[] bson) {
        return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bson));
    }

    @Override
    public void write(WriteBuffer buffer, Document document) {
        byte[] bson = encode(document);
        buffer.putVarInt(bson.length).put(bson);
    }

    @Override
    public Document read(ByteBuffer buffer) {
        byte[] bson = new byte[DataUtils.readVarInt(buffer)];
        buffer.get(bson);
        return decode(bson);
    }

    @Override
    public int getMemory(Document document) {
        return memory(document);
    }

    static int memory(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return OVERHEAD
                    + map.entrySet().stream()
                            .mapToInt(entry -> 2 * OVERHEAD + memory(entry.getValue()))
                            .sum();
        }
        if (value instanceof Collection<?> values) {
            return OVERHEAD + values.stream().mapToInt(DocumentType::memory).sum();
        }
        return value instanceof String text ? OVERHEAD + text.length() : OVERHEAD;
    }

    @Override
    public Document[] createStorage(int size) {
        return new Document[size];
    }
}
