package broadsheet.web.access;

import broadsheet.events.EventCodec;
import broadsheet.events.StaffEvent;
import broadsheet.kafka.WholeTopicListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads all of {@code staff.sessions} in every instance of every service. */
record StaffSessionsListener(StaffSessions sessions) implements WholeTopicListener {

    @Override
    public void onRecord(ConsumerRecord<String, byte[]> record) {
        if (EventCodec.decode(record).event() instanceof StaffEvent event) {
            sessions.apply(event);
        }
    }

    @Override
    public void onCaughtUp() {
        sessions.becomeKnown();
    }
}
