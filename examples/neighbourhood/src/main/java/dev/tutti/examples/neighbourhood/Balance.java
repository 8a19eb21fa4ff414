package dev.tutti.examples.neighbourhood;

/**
 * What a connection sends.
 *
 * @param netPower in W; positive when the connection takes from the network
 * @param selfConsumption how much of its own yield it used, from 0 to 1; 0 without a yield
 * @param importedEnergy in the step, in kWh
 * @param exportedEnergy in the step, in kWh
 */
record Balance(
    double netPower, double selfConsumption, double importedEnergy, double exportedEnergy) {

  static Balance of(double demand, double yield, double hours) {
    double net = demand - yield;
    double used = yield > 0 ? Math.min(demand, yield) / yield : 0;
    return new Balance(
        net, used, Math.max(0, net) * hours / 1_000, Math.max(0, -net) * hours / 1_000);
  }
}
