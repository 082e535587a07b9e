package broadsheet.kafka;

/**
 * A setting of a topic that is made at each start, also where the topic is there already: each bean of this type.
 *
 * @param name as Kafka's topic configuration has it
 */
public record TopicSetting(String topic, String name, String value) {}
