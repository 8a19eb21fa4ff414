package dev.tutti.models.simulated;

/**
 * What may go wrong in a run, and what does at the moment. Each kind is missing in half of the
 * runs.
 */
final class Faults {

  private final double crash;
  private double preempt;
  private final double unknown;
  private final double lostMessage;
  private final double repeatedMessage;
  private final double lostObservation;
  private final double repeatedObservation;
  private final double lie;
  private final double slow;
  private final double trouble;
  private boolean healed;
  private boolean storeAway;
  private boolean backplaneAway;

  private Faults(Dice dice) {
    crash = dice.intensity(0.01);
    preempt = dice.intensity(0.3);
    unknown = dice.intensity(0.1);
    lostMessage = dice.intensity(0.2);
    repeatedMessage = dice.intensity(0.2);
    lostObservation = dice.intensity(0.4);
    repeatedObservation = dice.intensity(0.3);
    lie = dice.intensity(0.1);
    slow = dice.intensity(0.2);
    trouble = dice.intensity(0.3);
  }

  static Faults of(Dice dice) {
    return new Faults(dice);
  }

  static Faults none(Dice dice) {
    Faults none = new Faults(dice);
    none.heal();
    none.preempt = 0;
    return none;
  }

  /** Everything works from now on. */
  void heal() {
    healed = true;
    storeAway = false;
    backplaneAway = false;
  }

  private double now(double probability) {
    return healed ? 0 : probability;
  }

  /** At each commit, call and message: whether the process ends there. */
  double crash() {
    return now(crash);
  }

  /** Whether another thread gets its turn while this one waits for the disk or the network. */
  double preempt() {
    return preempt;
  }

  /** Whether a call gives no answer; it may have had its effect. */
  double unknown() {
    return now(unknown);
  }

  double lostMessage() {
    return now(lostMessage);
  }

  double repeatedMessage() {
    return now(repeatedMessage);
  }

  double lostObservation() {
    return now(lostObservation);
  }

  double repeatedObservation() {
    return now(repeatedObservation);
  }

  /** Whether a list lacks a workload. */
  double lie() {
    return now(lie);
  }

  /** Whether a commit takes long. */
  double slow() {
    return now(slow);
  }

  /** Whether an outage begins, at a step that could begin one. */
  double trouble() {
    return now(trouble);
  }

  boolean storeAway() {
    return storeAway;
  }

  void storeAway(boolean now) {
    storeAway = now;
  }

  boolean backplaneAway() {
    return backplaneAway;
  }

  void backplaneAway(boolean now) {
    backplaneAway = now;
  }
}
