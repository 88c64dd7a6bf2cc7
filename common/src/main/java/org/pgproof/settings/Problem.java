package org.pgproof.settings;

/**
 * What is wrong with one setting and what would be right. Both texts are for people and hold no secret.
 *
 * @param variable the name of the environment variable
 * @param wrong what is wrong with it, such as {@code is not set}
 * @param remedy what would be right, such as {@code set it to the bucket's name}
 */
public record Problem(String variable, String wrong, String remedy) {
    @Override
    public String toString() {
        return variable + " " + wrong + ": " + remedy;
    }
}
