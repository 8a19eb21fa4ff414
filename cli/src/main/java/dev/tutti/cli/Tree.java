package dev.tutti.cli;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value as it was written. Its accessors are lenient: what is absent is empty or zero. */
public sealed interface Tree {
  record Fields(Map<String, Tree> members) implements Tree {}

  record Items(List<Tree> items) implements Tree {}

  record Text(String value) implements Tree {}

  /** Kept as written, so that it can be given back exactly. */
  record Digits(String value) implements Tree {}

  /** True, false or null. */
  record Word(@Nullable Boolean value) implements Tree {}

  /** An object whose members are text. */
  static Fields texts(String... namesAndValues) {
    Map<String, Tree> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put(namesAndValues[i], new Text(namesAndValues[i + 1]));
    }
    return new Fields(members);
  }

  /** A member; null when there is none. */
  default Tree get(String member) {
    return this instanceof Fields(Map<String, Tree> members)
        ? members.getOrDefault(member, new Word(null))
        : new Word(null);
  }

  default String text(String member) {
    String text = optionalText(member);
    return text == null ? "" : text;
  }

  default @Nullable String optionalText(String member) {
    return get(member) instanceof Text(String value) ? value : null;
  }

  default @Nullable Integer optionalNumber(String member) {
    return get(member) instanceof Digits(String value) ? Integer.valueOf(value) : null;
  }

  default int number(String member) {
    Integer number = optionalNumber(member);
    return number == null ? 0 : number;
  }

  default long longNumber(String member) {
    return get(member) instanceof Digits(String value) ? Long.parseLong(value) : 0;
  }

  default double decimal(String member) {
    return get(member) instanceof Digits(String value) ? Double.parseDouble(value) : 0;
  }

  default @Nullable Instant optionalTime(String member) {
    String text = optionalText(member);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException(member + " is no time: " + text, wrong);
    }
  }

  default Instant time(String member) {
    Instant time = optionalTime(member);
    if (time == null) {
      throw new IllegalArgumentException("no time " + member);
    }
    return time;
  }

  /** The items of an array; none of anything else. */
  default List<Tree> items() {
    return this instanceof Items(List<Tree> items) ? items : List.of();
  }

  default List<String> texts(String member) {
    List<String> texts = new ArrayList<>();
    for (Tree item : get(member).items()) {
      if (item instanceof Text(String value)) {
        texts.add(value);
      }
    }
    return texts;
  }

  /** The members of an object as text, numbers and booleans. */
  default Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    if (this instanceof Fields(Map<String, Tree> members)) {
      for (Map.Entry<String, Tree> member : members.entrySet()) {
        Object value =
            switch (member.getValue()) {
              case Text(String text) -> text;
              case Digits(String digits) -> anyNumber(digits);
              case Word(Boolean word) -> word;
              case Fields _, Items _ -> null;
            };
        if (value != null) {
          values.put(member.getKey(), value);
        }
      }
    }
    return values;
  }

  private static Object anyNumber(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException _) {
      return Double.valueOf(text);
    }
  }
}
