package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.pgproof.testkit.chaos.Chaos;

/**
 * What must hold whatever goes wrong, in a few rounds; {@code -Dpgproof.chaos.rounds=600 -Dpgproof.chaos.seed=7} for
 * more and others.
 */
@Order(1)
class ChaosIT {
    @Test
    void whatMustHoldHoldsWhateverGoesWrong() throws Exception {
        assertThat(new Chaos(System.out, System.getProperty("pgproof.chaos.only", ""))
                        .run(Integer.getInteger("pgproof.chaos.rounds", 2), Long.getLong("pgproof.chaos.seed", 1)))
                .isEmpty();
    }
}
