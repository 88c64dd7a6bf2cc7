package org.pgproof.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecretMaskTest {
    private final SecretMask mask = new SecretMask(List.of("p@ss w%ö'rd"));

    @Test
    void hidesASecretAsItIsAndPercentEncodedInWhateverWay() {
        assertThat(mask.hide("could not parse password=p@ss w%ö'rd, sorry"))
                .isEqualTo("could not parse password=***, sorry");
        assertThat(mask.hide("password='p@ss w%ö\\'rd' host=db")).isEqualTo("password='***' host=db");
        assertThat(mask.hide("postgresql://u:p%40ss%20w%25%C3%B6%27rd@db/shop"))
                .isEqualTo("postgresql://u:***@db/shop");
        assertThat(mask.hide("postgresql://u:p%40ss%20w%25%c3%b6'rd@db/shop")).isEqualTo("postgresql://u:***@db/shop");
        assertThat(mask.hide("%70%40%73%73%20%77%25%c3%b6%27%72%64")).isEqualTo("***");
    }

    /** Else what a tool says would no longer be understood. */
    @Test
    void leavesWordsThatOnlyContainTheSecret() {
        SecretMask word = new SecretMask(List.of("word"));
        assertThat(word.hide("password authentication failed, words"))
                .isEqualTo("password authentication failed, words");
        assertThat(word.hide("password=word")).isEqualTo("password=***");
    }

    @Test
    void hidesNothingWhereThereIsNoSecretOrOneThatIsTooShortToBeHidden() {
        assertThat(new SecretMask(List.of()).hide("ERROR:  42P01")).isEqualTo("ERROR:  42P01");
        assertThat(new SecretMask(List.of("", "ab")).hide("ab ERROR:  42P01")).isEqualTo("ab ERROR:  42P01");
    }
}
