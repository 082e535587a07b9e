package broadsheet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.faults.FaultSequence.PlannedFault;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultSequenceTests {

    @Test
    void aSeedRepeatsTheOrder() {
        assertThat(first(20, 7)).isEqualTo(first(20, 7)).isNotEqualTo(first(20, 8));
    }

    @Test
    void eachKindComesOnceBeforeAnyComesAgain() {
        assertThat(first(4, 7)).extracting(PlannedFault::fault).containsExactlyInAnyOrderElementsOf(Fault.OF_STORES);
    }

    private static List<PlannedFault> first(int count, long seed) {
        var sequence = new FaultSequence(Fault.OF_STORES, seed);
        return Stream.generate(sequence::next).limit(count).toList();
    }
}
