package dev.tutti.examples.neighbourhood;

/**
 * What roofs and households send.
 *
 * @param power mean over the step, in W; never negative
 * @param energy in the step, in kWh
 */
record Power(double power, double energy) {
  static Power of(double watt, double hours) {
    return new Power(watt, watt * hours / 1_000);
  }
}
