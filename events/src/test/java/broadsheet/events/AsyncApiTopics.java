package broadsheet.events;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an AsyncAPI 3.0 document says of the topics, as the code has it. Its names hold a dot, by which they are told from
 * what is written by hand.
 */
final class AsyncApiTopics {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String SNAPSHOT = "article-snapshot.v1";
    private static final String CLOUD_EVENT = "cloudevents.headers";

    private AsyncApiTopics() {}

    /** The document with its topics as they are now. */
    static ObjectNode replacedIn(JsonNode document) {
        var replaced = (ObjectNode) document.deepCopy();
        ObjectNode channels = withoutGenerated(replaced.withObject("/channels"));
        ObjectNode operations = withoutGenerated(replaced.withObject("/operations"));
        ObjectNode messages = withoutGenerated(replaced.withObject("/components/messages"));
        ObjectNode schemas = withoutGenerated(replaced.withObject("/components/schemas"));
        for (Topic topic : Topic.values()) {
            channels.set(topic.topicName(), channel(topic));
            operations
                    .putObject(topic.topicName())
                    .put("action", "send")
                    .set("channel", reference("channels", topic.topicName()));
        }
        schemas.set(CLOUD_EVENT, cloudEventHeaders());
        schemas.set(SNAPSHOT, schema(SNAPSHOT));
        for (EventType type : EventType.values()) {
            messages.set(type.ceType(), message(type));
            schemas.set(type.ceType(), schema(type.ceType()));
        }
        return replaced;
    }

    private static ObjectNode withoutGenerated(ObjectNode named) {
        return named.remove(named.propertyStream()
                .map(property -> property.getKey())
                .filter(name -> name.contains("."))
                .toList());
    }

    private static ObjectNode channel(Topic topic) {
        var channel = JSON.objectNode();
        channel.put("address", topic.topicName()).put("description", description(topic));
        channel.putArray("servers").add(reference("servers", "kafka"));
        var messages = channel.putObject("messages");
        types(topic).forEach(type -> messages.set(type.ceType(), reference("components/messages", type.ceType())));
        var kafka = channel.putObject("bindings").putObject("kafka");
        kafka.put("partitions", topic.partitions());
        var configuration = kafka.putObject("topicConfiguration");
        topic.newTopic((short) 1).configs().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(setting -> {
                    if (setting.getKey().equals(TopicConfig.CLEANUP_POLICY_CONFIG)) {
                        configuration.putArray(setting.getKey()).add(setting.getValue());
                    } else {
                        configuration.put(setting.getKey(), Long.parseLong(setting.getValue()));
                    }
                });
        kafka.put("bindingVersion", "0.5.0");
        return channel;
    }

    /** What a topic carries; a dead-letter topic what could not be read of another one. */
    private static List<EventType> types(Topic topic) {
        String source = topic.topicName().replace(Topics.DEAD_LETTERS, "");
        return Arrays.stream(EventType.values())
                .filter(type -> type.topic().equals(source))
                .toList();
    }

    private static String description(Topic topic) {
        return switch (topic) {
            case ARTICLES ->
                "Every change of an article. Compacted, so the newest record of a key is the article as it is now. Drafts"
                        + " are in it too: readers may know what is published, corrected or withdrawn.";
            case VIEWS -> "Every view of an article, by a person or a program, before it is classified.";
            case VIEWS_SPOOLED -> "How many accepted views wait outside Kafka.";
            case HITS ->
                "The hits of each article, as absolute totals: reading a record twice does no harm. A record"
                        + " without a value says that an article's numbers are erased: it has no hits any more.";
            case MILESTONES -> "What is worth an alert about an article's numbers, or the site's.";
            case ALERTS -> "To how many each alert went by each channel, as absolute numbers.";
            case STAFF_SESSIONS ->
                "Which keys sign session tokens, whose sessions have ended and which API tokens count, in their"
                        + " order.";
            case ARTICLES_DEAD_LETTERS, VIEWS_DEAD_LETTERS, ALERTS_DEAD_LETTERS, HITS_DEAD_LETTERS ->
                "Records that can never be read, unchanged and with the reason in headers (kafka_dlt-…): meant to be one of"
                        + " these messages, but not.";
        };
    }

    private static ObjectNode message(EventType type) {
        GoldenRecord golden = GoldenRecord.of(type);
        var message = JSON.objectNode();
        message.put("name", type.ceType())
                .put("title", Schemas.of(type).getSchemaNode().path("title").asString())
                .put("contentType", "application/json");
        var headers = message.putObject("headers");
        headers.putArray("allOf")
                .add(reference("components/schemas", CLOUD_EVENT))
                .addObject()
                .putObject("properties")
                .putObject("ce_type")
                .put("const", type.ceType());
        message.set("payload", reference("components/schemas", type.ceType()));
        message.putObject("bindings")
                .putObject("kafka")
                .put("bindingVersion", "0.5.0")
                .putObject("key")
                .put("type", "string")
                .put("description", key(type));
        var example = message.putArray("examples").addObject();
        golden.headers().forEach(example.putObject("headers")::put);
        example.set("payload", golden.data());
        return message;
    }

    private static String key(EventType type) {
        return switch (type) {
            case ARTICLE_CREATED, ARTICLE_UPDATED, ARTICLE_PUBLISHED, ARTICLE_CORRECTED, ARTICLE_WITHDRAWN ->
                "The article's id";
            case ARTICLE_VIEWED, ARTICLE_HITS, ARTICLE_MILESTONE -> "The article's id";
            case ALERT_SENT -> "The alert's id: that of the event, a dot and the channel";
            case STAFF_KEY_PUBLISHED -> "key: and the key's id";
            case STAFF_SESSIONS_ENDED -> "session: and the username";
            case STAFF_TOKEN_ISSUED -> "token: and the token's hash";
            case VIEWS_SPOOLED -> "The spool's id";
            case VIEWS_STOPPED -> "site";
        };
    }

    /** The CloudEvents context, as every record has it: the headers that all golden payloads share. */
    private static ObjectNode cloudEventHeaders() {
        var headers = JSON.objectNode();
        headers.put("type", "object")
                .put("description", "CloudEvents 1.0 in the binary mode of its Kafka binding, UTF-8");
        var required = headers.putArray("required");
        var properties = headers.putObject("properties");
        EventCodec.encode(EventCodec.decode(
                        GoldenRecord.of(EventType.ARTICLE_HITS).record()))
                .headers()
                .keySet()
                .forEach(name -> {
                    required.add(name);
                    properties.set(name, header(name));
                });
        properties
                .putObject("traceparent")
                .put("type", "string")
                .put("description", "W3C Trace Context, where the change was traced");
        return headers;
    }

    private static ObjectNode header(String name) {
        var header = JSON.objectNode();
        return switch (name) {
            case "ce_specversion" -> header.put("const", "1.0");
            case "ce_id" ->
                header.put("type", "string")
                        .put(
                                "description",
                                "Of the event, a UUIDv7, or a UUIDv5 of what a milestone says; a record that is sent again has the same");
            case "ce_source" -> header.put("type", "string").put("description", "The service that says so");
            case "ce_type" -> header.put("type", "string").put("description", "Says which schema the value has");
            case "ce_time" -> header.put("type", "string").put("format", "date-time");
            case "content-type" -> header.put("const", "application/json");
            default -> throw new AssertionError("A header that the document does not describe: " + name);
        };
    }

    /** A schema as AsyncAPI has it: its dialect is the document's, and what it refers to is in the document. */
    private static JsonNode schema(String name) {
        var schema = (ObjectNode) Schemas.read(name + ".json");
        schema.remove("$schema");
        schema.findParents("$ref").stream().map(ObjectNode.class::cast).forEach(parent -> {
            String file = parent.remove("$ref").asString();
            parent.putArray("allOf").add(reference("components/schemas", file.replace(".json", "")));
        });
        return schema;
    }

    private static ObjectNode reference(String place, String name) {
        return JSON.objectNode().put("$ref", "#/" + place + "/" + name);
    }
}
