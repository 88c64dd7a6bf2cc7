package org.pgproof.dump;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.pgproof.dump.sql.ClientEncoding;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.dump.sql.SqlParser;

/** Understands the statements that change the session, above all how what follows is read. */
final class SettingReader {
    private static final String ENCODING = "client_encoding";
    private static final String STANDARD_STRINGS = "standard_conforming_strings";
    private static final Set<String> CHANGE_READING = Set.of(ENCODING, STANDARD_STRINGS, "all");

    private final Session session;

    SettingReader(Session session) {
        this.session = session;
    }

    /** After {@code SET}. */
    Meaning set(SqlParser parser) {
        if (parser.words("SESSION", "AUTHORIZATION")) {
            return setting("session_authorization", value(parser));
        }
        boolean scope = parser.words("SESSION") || parser.words("LOCAL");
        Optional<String> name = parser.relation().map(RelationName::toString);
        boolean assigned = parser.symbol('=') || parser.words("TO") || !scope;
        if (name.isEmpty() || !assigned) {
            return Meaning.of(Statement.Kind.SETTING);
        }
        return setting(name.get().equals("names") ? ENCODING : name.get(), value(parser));
    }

    /** After {@code RESET}. */
    Meaning reset(SqlParser parser) {
        String name = parser.identifier().orElse("");
        return CHANGE_READING.contains(name) ? unsupported(name, "its default") : Meaning.of(Statement.Kind.SETTING);
    }

    /** After {@code SELECT pg_catalog.set_config}. */
    Meaning setConfig(SqlParser parser) {
        Optional<String> name = parser.symbol('(') ? parser.text() : Optional.empty();
        Optional<String> value = parser.symbol(',') ? parser.text() : Optional.empty();
        return name.isPresent() && value.isPresent()
                ? setting(name.get().toLowerCase(Locale.ROOT), value.get())
                : Meaning.unsupported(Statement.Kind.SETTING, "a call of set_config that is not understood");
    }

    private static String value(SqlParser parser) {
        int start = parser.position();
        Optional<String> text = parser.text();
        if (text.isPresent() && parser.rest().isEmpty()) {
            return text.get();
        }
        parser.back(start);
        return parser.rest();
    }

    private Meaning setting(String name, String value) {
        Meaning told = Meaning.of(Statement.Kind.SETTING, listener -> listener.setting(name, value));
        return switch (name) {
            case ENCODING -> encoding(value, told);
            case STANDARD_STRINGS -> standardStrings(value, told);
            default -> told;
        };
    }

    private Meaning encoding(String value, Meaning told) {
        ClientEncoding encoding = ClientEncoding.named(value);
        if (value.equalsIgnoreCase("default") || !encoding.asciiSafe()) {
            return unsupported(ENCODING, value);
        }
        session.encoding(encoding);
        return told.onItsOwnLine();
    }

    private Meaning standardStrings(String value, Meaning told) {
        switch (value.toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes", "1" -> session.standardStrings(true);
            case "off", "false", "no", "0" -> session.standardStrings(false);
            default -> {
                return unsupported(STANDARD_STRINGS, value);
            }
        }
        return told.onItsOwnLine();
    }

    private static Meaning unsupported(String name, String value) {
        return Meaning.unsupported(Statement.Kind.SETTING, name + " set to " + value);
    }
}
