package org.pgproof.testkit.chaos;

import java.util.Random;
import org.pgproof.testkit.JarCommand;
import org.pgproof.testkit.JarProcess;

/** Something that goes wrong in a round. Whatever it breaks in the scene is whole again after {@link #end}. */
interface Trouble {
    /** Prepares the scene before the process starts. */
    default void before(Scene scene, Random random) throws Exception {}

    /** Changes how the process is started. */
    default JarCommand command(Scene scene, Random random, JarCommand command) throws Exception {
        return command;
    }

    /** Does its mischief while the process runs. */
    default void during(Scene scene, Random random, JarProcess process) throws Exception {}

    /** Mends what the proxies do not mend by themselves. */
    default void end(Scene scene) throws Exception {}

    /** Prepares only. */
    interface Before extends Trouble {
        @Override
        void before(Scene scene, Random random) throws Exception;
    }

    /** Acts only. */
    interface During extends Trouble {
        @Override
        void during(Scene scene, Random random, JarProcess process) throws Exception;
    }
}
