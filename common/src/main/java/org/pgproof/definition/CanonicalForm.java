package org.pgproof.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.pgproof.definition.DefinitionParts.Part;

/**
 * A definition as a server prints it once it has read its own words: the form in which another round changes nothing.
 * What it prints of a definition that it got from somebody else may read as another tree, and that it then prints:
 *
 * <ul>
 *   <li>{@code (ARRAY[a, b])::text[]} becomes {@code ARRAY[(a)::text, (b)::text]} ({@code transformTypeCast});
 *   <li>{@code ((a AND b) AND c)} becomes {@code (a AND b AND c)}, and so with OR ({@code makeAndExpr});
 *   <li>{@code (- 1)} becomes {@code '-1'::integer} ({@code doNegate});
 *   <li>{@code ROW(1, NULL)::pair} becomes {@code ROW(1, NULL::text)::pair}, where the type has more columns than it had;
 *   <li>{@code a integer NOT NULL} becomes {@code a integer CONSTRAINT t_a_not_null1 NOT NULL}, where the name that it had
 *       by default belongs to another table by now ({@code ChooseConstraintName}).
 * </ul>
 *
 * Everything else stays as it is: no name, constant, operator or parenthesis may change unseen.
 */
public final class CanonicalForm {
    private static final Pattern NEGATED = Pattern.compile("-\\d+(?:\\.\\d*)?(?:e[-+]?\\d+)?");
    private static final int INTEGER_DIGITS = 9;

    private static final Pattern NOT_NULL_NAME = Pattern.compile("\"?.*_not_null\\d*\"?", Pattern.DOTALL);

    /** A character of an operator, or a word that stands for one. */
    private static final Pattern OPERATOR =
            Pattern.compile("[-+*/<>=~!@#%^&|`?]|IS|IN|COLLATE|AT|ANY|ALL|LIKE|NOT|AND|OR");

    private static final Part COLLATE = Part.token("COLLATE");

    private CanonicalForm() {}

    /** Returns the form as a text with a blank behind each word, literal and character. */
    public static String of(String definition) {
        return DefinitionParts.written(DefinitionParts.read(definition, CanonicalForm::rewritten));
    }

    /** Does it for what stands beside each other. */
    static List<Part> rewritten(List<Part> parts) {
        return negated(flattened(rows(arrays(unnamed(parts)))));
    }

    /** Takes the names from NOT NULLs that the server gave them. */
    private static List<Part> unnamed(List<Part> parts) {
        List<Part> result = parts;
        for (int at = 0; at + 3 < result.size(); at++) {
            boolean named = result.get(at).is("CONSTRAINT")
                    && result.get(at + 2).is("NOT")
                    && result.get(at + 3).is("NULL")
                    && NOT_NULL_NAME.matcher(result.get(at + 1).text()).matches();
            if (named) {
                result = joined(result.subList(0, at), result.subList(at + 2, result.size()));
            }
        }
        return result;
    }

    /** Dissolves an AND in front of an AND, an OR in front of an OR. */
    private static List<Part> flattened(List<Part> parts) {
        if (parts.size() < 3 || !parts.get(0).isParenthesis()) {
            return parts;
        }
        Part operator = parts.get(1);
        if (!(operator.is("AND") || operator.is("OR")) || !parts.get(0).holds(operator.text())) {
            return parts;
        }
        List<Part> all = parts.get(0).parts(); // not copied: there may be thousands, one in front of the other
        all.addAll(parts.subList(1, parts.size()));
        return all;
    }

    /** Makes constants of numbers with a minus before them. */
    private static List<Part> negated(List<Part> parts) {
        if (parts.stream().noneMatch(CanonicalForm::isNegatedNumber)) {
            return parts;
        }
        List<Part> result = new ArrayList<>();
        for (Part part : parts) {
            if (isNegatedNumber(part)) {
                String number = words(part.parts());
                boolean isInteger =
                        number.length() <= 1 + INTEGER_DIGITS && !number.contains(".") && !number.contains("e");
                result.addAll(constant("'" + number + "'", isInteger ? "integer" : "numeric"));
            } else {
                result.add(part);
            }
        }
        return result;
    }

    private static boolean isNegatedNumber(Part part) {
        return part.isParenthesis()
                && part.parts().size() > 1
                && part.parts().get(0).is("-")
                && part.parts().stream().noneMatch(Part::isGroup)
                && NEGATED.matcher(words(part.parts())).matches();
    }

    private static String words(List<Part> parts) {
        return parts.stream().map(Part::text).collect(Collectors.joining());
    }

    private static List<Part> constant(String literal, String type) {
        return List.of(Part.token(literal), Part.token(":"), Part.token(":"), Part.token(type));
    }

    /** Takes the types from the NULLs of a row of a named type. */
    private static List<Part> rows(List<Part> parts) {
        List<Part> result = parts;
        for (int at = 0; at + 2 < result.size(); at++) {
            if (result.get(at).is("ROW") && result.get(at + 1).isParenthesis() && TypeName.isCast(result, at + 2)) {
                List<Part> changed = new ArrayList<>(result);
                changed.set(
                        at + 1,
                        Part.group("(", withoutTypesOfNulls(result.get(at + 1).parts())));
                result = changed;
            }
        }
        return result;
    }

    private static List<Part> withoutTypesOfNulls(List<Part> parts) {
        List<Part> result = new ArrayList<>();
        for (List<Part> element : elements(parts)) {
            boolean typed = element.get(0).is("NULL")
                    && TypeName.isCast(element, 1)
                    && TypeName.end(element, 3) == element.size();
            append(result, typed ? element.subList(0, 1) : element);
        }
        return result;
    }

    /** Gives the cast of an array to its elements. */
    private static List<Part> arrays(List<Part> parts) {
        List<Part> result = parts;
        for (int at = 0; at < result.size(); at++) {
            int array = arrayEnd(result, at);
            if (array > at && TypeName.isCast(result, array)) {
                int end = TypeName.end(result, array + 2);
                if (TypeName.endsAsArray(result, end)) {
                    boolean sparing = array > at + 1;
                    Part elements = sparing
                            ? result.get(at + 1)
                            : result.get(at).parts().get(1);
                    List<Part> type = result.subList(array + 2, end - 1);
                    List<Part> pushed = array(new Cast(type, sparing).ofAll(elements.parts()));
                    result = joined(joined(result.subList(0, at), pushed), result.subList(end, result.size()));
                }
            }
        }
        return result;
    }

    /** Returns where an array ends that begins here, with parentheses around it or, where the server spares them, without. */
    private static int arrayEnd(List<Part> parts, int at) {
        Part first = parts.get(at);
        if (first.isParenthesis() && isArray(first.parts(), 0) && first.parts().size() == 2) {
            return at + 1;
        }
        return isArray(parts, at) ? at + 2 : at;
    }

    private static boolean isArray(List<Part> parts, int at) {
        return at + 1 < parts.size()
                && parts.get(at).is("ARRAY")
                && parts.get(at + 1).isBracket();
    }

    private static List<Part> array(List<Part> elements) {
        return List.of(Part.token("ARRAY"), Part.group("[", elements));
    }

    /**
     * The cast of an element.
     *
     * @param sparing whether the server writes no parentheses that are not needed: statistics are worded so
     */
    private record Cast(List<Part> type, boolean sparing) {
        List<Part> ofAll(List<Part> parts) {
            List<Part> result = new ArrayList<>();
            for (List<Part> element : elements(parts)) {
                append(result, of(element));
            }
            return result;
        }

        private List<Part> of(List<Part> element) {
            if (isArray(element, 0) && element.size() == 2) {
                return array(ofAll(element.get(1).parts()));
            }
            if (element.size() == 1 && isCollated(element.get(0))) {
                List<Part> collated = element.get(0).parts();
                int collation = collated.indexOf(COLLATE);
                List<Part> cast = cast(collated.subList(0, collation));
                return List.of(Part.group("(", joined(cast, collated.subList(collation, collated.size()))));
            }
            return cast(element);
        }

        /** A server casts what has a collation before it says the collation. */
        private static boolean isCollated(Part part) {
            return part.isParenthesis() && part.parts().lastIndexOf(COLLATE) > 0;
        }

        private List<Part> cast(List<Part> element) {
            List<Part> cast = new ArrayList<>();
            if (sparing && isSimple(element)) {
                cast.addAll(element);
            } else {
                cast.add(Part.group("(", new ArrayList<>(element)));
            }
            cast.add(Part.token(":"));
            cast.add(Part.token(":"));
            cast.addAll(type);
            return cast;
        }

        private static boolean isSimple(List<Part> element) {
            return element.get(0).is("CASE")
                    || element.stream()
                            .noneMatch(part -> !part.isGroup()
                                    && OPERATOR.matcher(part.text()).matches());
        }
    }

    private static void append(List<Part> list, List<Part> element) {
        if (!list.isEmpty()) {
            list.add(Part.token(","));
        }
        list.addAll(element);
    }

    /** Splits at commas; there is always one element. */
    private static List<List<Part>> elements(List<Part> parts) {
        List<List<Part>> elements = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= parts.size(); at++) {
            if (at == parts.size() || parts.get(at).is(",")) {
                if (at > start) {
                    elements.add(parts.subList(start, at));
                }
                start = at + 1;
            }
        }
        return elements;
    }

    private static List<Part> joined(List<Part> first, List<Part> second) {
        List<Part> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
