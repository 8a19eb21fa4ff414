package dev.tutti.simulations.esdl;

/** What came of reading an ESDL. */
public sealed interface EsdlReading {

  /** It could be read. */
  record Read(EnergySystem system) implements EsdlReading {}

  /**
   * It could not be read.
   *
   * @param line where the trouble is, counted from 1; 0 when it is not in one place
   * @param column counted from 1; 0 when it is not in one place
   */
  record Unreadable(String reason, int line, int column) implements EsdlReading {

    static Unreadable asAWhole(String reason) {
      return new Unreadable(reason, 0, 0);
    }

    /** The reason and its place, for a person. */
    public String sentence() {
      return line == 0 ? reason : "Line %d, column %d: %s".formatted(line, column, reason);
    }
  }
}
