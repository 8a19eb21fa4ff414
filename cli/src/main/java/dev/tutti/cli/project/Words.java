package dev.tutti.cli.project;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/** The names of the protocol, and what they become in Java. */
final class Words {
  private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  /** No component of a record may have these names. */
  private static final Set<String> METHODS_OF_OBJECT =
      Set.of(
          "clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

  /** What generated code uses by its simple name. */
  private static final Set<String> TAKEN =
      Set.of(
          "Boolean",
          "Double",
          "Duration",
          "EnergySystem",
          "EsdlObject",
          "Input",
          "Inputs",
          "Integer",
          "IllegalStateException",
          "List",
          "LocalCheck",
          "LocalResults",
          "LocalRun",
          "Map",
          "Object",
          "Output",
          "Record",
          "Results",
          "Service",
          "Step",
          "String",
          "System");

  private Words() {}

  static boolean isSnakeCase(String name) {
    return SNAKE_CASE.matcher(name).matches();
  }

  /** What comes closest. */
  static String snakeCase(String name) {
    String words =
        HUMP.matcher(name)
            .replaceAll("_")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^[_0-9]+|_+$", "");
    return words.isEmpty() ? "a_name" : words;
  }

  /** {@code solar_irradiance} is {@code SolarIrradiance}. */
  static String typeName(String name) {
    StringBuilder type = new StringBuilder();
    for (String word : name.split("_", -1)) {
      type.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
    }
    return type.toString();
  }

  /** The record for data of this name; never one that the rest of a project needs. */
  static String dataType(String name) {
    String type = typeName(name);
    boolean taken =
        TAKEN.contains(type)
            || type.endsWith("Service")
            || type.endsWith("Calculation")
            || type.endsWith("Test");
    return taken ? type + "Data" : type;
  }

  /** A component of a record that the SDK takes for this variable. */
  static String component(String variable) {
    String type = typeName(variable);
    String camel = Character.toLowerCase(type.charAt(0)) + type.substring(1);
    String back = HUMP.matcher(camel).replaceAll("_").toLowerCase(Locale.ROOT);
    String component = back.equals(variable) ? camel : variable;
    boolean reserved = SourceVersion.isKeyword(component) || METHODS_OF_OBJECT.contains(component);
    return reserved ? component + "_" : component;
  }

  static String constant(String name) {
    return name.toUpperCase(Locale.ROOT);
  }
}
