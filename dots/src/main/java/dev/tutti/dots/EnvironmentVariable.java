package dev.tutti.dots;

/** A name and a value for the environment of a model. */
public record EnvironmentVariable(String name, String value) {

  /** Without the value: passwords travel here, and messages end up in logs. */
  @Override
  public String toString() {
    return name + "=…";
  }
}
