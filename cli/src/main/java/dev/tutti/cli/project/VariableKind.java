package dev.tutti.cli.project;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A type that the generator's configuration knows, and what it is in Java. */
public enum VariableKind {
  INT("int", "int", "0"),
  FLOAT("float", "double", "0.0"),
  STR("str", "String", "\"\""),
  BOOL("bool", "boolean", "false"),
  DICT("dict", "Map<String, Object>", "Map.of()"),
  LIST_INT("List[int]", "List<Integer>", "List.of()"),
  LIST_STR("List[str]", "List<String>", "List.of()"),
  LIST_BOOL("List[bool]", "List<Boolean>", "List.of()"),
  LIST_FLOAT("List[float]", "List<Double>", "List.of()"),
  LIST_LIST_FLOAT("List[List[float]]", "List<List<Double>>", "List.of()");

  private final String word;
  private final String java;
  private final String nothing;

  VariableKind(String word, String java, String nothing) {
    this.word = word;
    this.java = java;
    this.nothing = nothing;
  }

  static Optional<VariableKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word.strip())).findFirst();
  }

  /** What somebody who writes this probably means. */
  static Optional<VariableKind> meantBy(String word) {
    String known =
        word.strip()
            .toLowerCase(Locale.ROOT)
            .replace("double", "float")
            .replace("number", "float")
            .replace("string", "str")
            .replace("boolean", "bool")
            .replace("integer", "int")
            .replace('<', '[')
            .replace('>', ']')
            .replace("list", "List");
    return of(known.equals("map") || known.equals("json") ? "dict" : known);
  }

  /** All words, for a message. */
  static String words() {
    return String.join(", ", Arrays.stream(values()).map(kind -> kind.word).toList());
  }

  String word() {
    return word;
  }

  String java() {
    return java;
  }

  /** A value for a calculation that does not calculate yet. */
  String nothing() {
    return nothing;
  }
}
