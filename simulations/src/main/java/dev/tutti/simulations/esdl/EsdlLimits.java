package dev.tutti.simulations.esdl;

/**
 * How large an ESDL may be.
 *
 * @param bytes of the file, before it is encoded
 * @param depth of elements within elements
 * @param elements in all
 */
public record EsdlLimits(int bytes, int depth, int elements) {

  public EsdlLimits {
    if (bytes < 1 || depth < 1 || elements < 1) {
      throw new IllegalArgumentException("Every limit is at least 1.");
    }
  }

  /** What is enough for a town of households with their profiles. */
  public static EsdlLimits defaults() {
    return new EsdlLimits(10 * 1024 * 1024, 100, 250_000);
  }
}
