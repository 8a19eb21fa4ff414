package dev.tutti.simulations;

/**
 * In which steps a service takes part that does so in every so-manieth: the first is always one.
 */
final class Rate {

  private Rate() {}

  static boolean takesPart(int every, int step) {
    return (step - 1) % every == 0;
  }

  /** In how many of the first steps it takes part. */
  static int steps(int every, int of) {
    return of / every + (of % every == 0 ? 0 : 1);
  }

  /** The next step from this one on in which it takes part. */
  static int next(int every, int step) {
    return step + Math.floorMod(1 - step, every);
  }
}
