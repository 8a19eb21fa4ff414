package dev.tutti.simulations;

import dev.tutti.core.Metrics;
import dev.tutti.core.run.Engine;
import dev.tutti.simulations.Roll.Answer;
import dev.tutti.simulations.Roll.Asked;
import java.util.List;
import java.util.Optional;

/**
 * Counts what models answer, and tells their simulation when all have. Only that costs a decision;
 * the answers before it cost no more than a bit.
 */
final class Answers {

  private final Engine engine;
  private final Rolls rolls;
  private final Metrics.Counter counted;

  Answers(Engine engine, Rolls rolls) {
    this.engine = engine;
    this.rolls = rolls;
    this.counted =
        engine
            .metrics()
            .counter(
                "tutti_simulation_answers_total",
                "Answers of models, by what they were: counted, late, duplicate, unknown.",
                "what");
    List.of("counted", "late", "duplicate", "unknown").forEach(what -> counted.add(what, 0));
  }

  /** T2. Only counts where the MSO cannot count for us: when it waits for a model that is gone. */
  void ready(String simulation, String model) {
    rolls
        .find(simulation)
        .filter(roll -> roll.ready(model))
        .ifPresent(roll -> all(simulation, roll, Asked.ANNOUNCEMENTS));
  }

  /** T7. */
  void parameterized(String simulation, String model) {
    answered(simulation, model, Asked.PARAMETERS);
  }

  /** T9. */
  void calculationsDone(String simulation, String model) {
    answered(simulation, model, Asked.STEP);
  }

  private void answered(String simulation, String model, Asked asked) {
    Optional<Roll> roll = rolls.find(simulation);
    Answer answer = roll.map(r -> r.answer(model, asked)).orElse(Answer.UNKNOWN);
    roll.ifPresent(r -> follow(simulation, model, r, asked, answer));
    count(answer);
  }

  /** A model of our SDK says where it is. */
  void announced(String simulation, String model, Announced where) {
    Optional<Roll> known = rolls.find(simulation);
    if (known.isEmpty()) {
      return;
    }
    Roll roll = known.get();
    Asked asked = roll.asked();
    Answer answer =
        roll.announce(model, where.parameterized(), where.startedStep(), where.finishedStep());
    follow(simulation, model, roll, asked, answer);
  }

  private void follow(String simulation, String model, Roll roll, Asked asked, Answer answer) {
    switch (answer) {
      case LAST -> all(simulation, roll, asked);
      case COUNTED ->
          roll.parametersDue()
              .ifPresent(due ->
                  tell(
                      simulation,
                      new SimulationMessage.ParametersDue(roll.run(), due.from(), due.count())));
      case MISSED ->
          tell(
              simulation,
              new SimulationMessage.StepMissed(roll.run(), roll.step(), List.of(model)));
      case UNKNOWN, LATE, DUPLICATE -> {}
    }
  }

  /** The last answer to what was asked has come, or is not waited for any more. */
  void all(String simulation, Roll roll, Asked asked) {
    switch (asked) {
      case NOTHING -> {}
      case ANNOUNCEMENTS -> tell(simulation, new SimulationMessage.AllAnnounced(roll.run()));
      case PARAMETERS -> tell(simulation, new SimulationMessage.AllParameterized(roll.run()));
      case STEP ->
          tell(
              simulation,
              new SimulationMessage.StepFinished(roll.run(), roll.step(), roll.report()));
    }
  }

  private void tell(String simulation, SimulationMessage message) {
    engine.strands().tell(Simulation.owner(simulation), message);
  }

  private void count(Answer answer) {
    counted.add(
        switch (answer) {
          case COUNTED, LAST, MISSED -> "counted";
          case LATE -> "late";
          case DUPLICATE -> "duplicate";
          case UNKNOWN -> "unknown";
        },
        1);
  }
}
