package dev.tutti.examples.neighbourhood;

import java.util.List;

/**
 * A cable along which connections stand at equal distances, with a transformer at its beginning.
 * Each piece of it carries what all connections behind it take; its resistance turns that into heat
 * and into a drop of the voltage, all at a power factor of one and evenly over three phases.
 *
 * @param pieceResistance of one phase between two neighbours, in Ω
 * @param voltage between phases, in V
 */
record Feeder(double pieceResistance, double voltage) {

  /** What comes of a load. */
  record Flow(double losses, double lowestVoltage, double highestVoltage) {}

  /** With this power taken at each connection, in W, in their order along the cable. */
  Flow flow(List<Double> taken) {
    double behind = taken.stream().mapToDouble(Double::doubleValue).sum();
    double losses = 0;
    double level = 1;
    double lowest = 1;
    double highest = 1;
    for (double power : taken) {
      double current = behind / (Math.sqrt(3) * voltage);
      losses += 3 * current * current * pieceResistance;
      level -= behind * pieceResistance / (voltage * voltage);
      lowest = Math.min(lowest, level);
      highest = Math.max(highest, level);
      behind -= power;
    }
    return new Flow(losses, lowest, highest);
  }
}
