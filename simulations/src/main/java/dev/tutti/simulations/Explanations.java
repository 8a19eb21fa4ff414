package dev.tutti.simulations;

import dev.tutti.api.SimulationExplanation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in words why a simulation is in its state, and what it waits for. */
final class Explanations {

  private static final int SHOWN_MODELS = 10;

  private final SimulationsSettings settings;

  Explanations(SimulationsSettings settings) {
    this.settings = settings;
  }

  /**
   * Explains.
   *
   * @param waiting ids of the queue, the next one first
   */
  SimulationExplanation of(
      Simulation simulation, List<SimulatedModel> models, List<String> waiting, Instant now) {
    List<String> sentences = new ArrayList<>();
    sentences.add(phase(simulation, waiting, now));
    if (simulation.phase().open()) {
      limit(simulation, sentences, now);
    }
    List<String> waitedFor =
        models.stream()
            .filter(SimulatedModel::waitedFor)
            .map(model -> model.plan().modelId())
            .toList();
    if (simulation.phase().open() && !waitedFor.isEmpty()) {
      sentences.add("Everybody waits for %s.".formatted(names(waitedFor)));
    }
    rates(simulation, sentences);
    if (simulation.paused() && simulation.phase().open()) {
      sentences.add("It is paused: no further step begins until it is resumed.");
    }
    if (!simulation.verdict().reason().isEmpty()) {
      sentences.add(simulation.verdict().reason());
    }
    if (simulation.run() > 1) {
      sentences.add(
          "It has started over %d times, because of %s."
              .formatted(simulation.run() - 1, String.join(", ", simulation.restarted())));
    }
    if (!simulation.doubt().isEmpty()) {
      sentences.add(
          doubt(
              simulation,
              models.stream()
                  .filter(model -> model.waitedFor() && !model.announced())
                  .map(model -> model.plan().modelId())
                  .toList()));
    }
    oddAnswers(simulation.steps(), sentences);
    return new SimulationExplanation(
        simulation.id(),
        sentences,
        models.stream()
            .filter(model -> model.end().filter(ModelEnd::failed).isPresent())
            .map(SimulationViews::model)
            .toList());
  }

  /**
   * What is not known, and why it may stay so.
   *
   * @param mute models that everybody waits for and that never said where they are
   */
  static String doubt(Simulation simulation, List<String> mute) {
    return simulation.doubt().isEmpty() || mute.isEmpty()
        ? simulation.doubt()
        : "%s Models that are not written with its SDK cannot say what they had finished before: %s."
            .formatted(simulation.doubt(), names(mute));
  }

  private static String phase(Simulation simulation, List<String> waiting, Instant now) {
    Steps steps = simulation.steps();
    return switch (simulation.phase()) {
      case WAITING -> waiting(simulation, waiting);
      case RESTARTING -> "The models of its last run go, so that it can start over.";
      case DEPLOYING ->
          "Its models are being deployed, since %s.".formatted(ago(simulation.began(), now));
      case PARAMETERISING -> "Its models get their parameters.";
      case STEPPING ->
          steps.open()
              ? "Step %d of %d is being calculated, since %s."
                  .formatted(
                      steps.asked(),
                      simulation.request().nrOfTimeSteps(),
                      ago(steps.openedAt(), now))
              : "Step %d of %d is finished, and the next one has not begun."
                  .formatted(steps.finished(), simulation.request().nrOfTimeSteps());
      case FINISHING -> ended(simulation, now) + " Its models are going.";
      case ENDED -> ended(simulation, now);
    };
  }

  private static String waiting(Simulation simulation, List<String> waiting) {
    int place = waiting.indexOf(simulation.id());
    return place <= 0
        ? "It waits for the simulation before it to end, and is the next."
        : "It waits in the queue behind %d others, the next of which is %s."
            .formatted(place, waiting.getFirst());
  }

  private static String ended(Simulation simulation, Instant now) {
    return "It ended %s ago: %s, after %d of %d steps."
        .formatted(
            ago(simulation.ended(), now),
            simulation.verdict().outcome().word(),
            simulation.steps().finished(),
            simulation.request().nrOfTimeSteps());
  }

  private void limit(Simulation simulation, List<String> sentences, Instant now) {
    Duration perStep =
        Duration.ofMillis(Math.round(simulation.request().maxStepCalcTimeMinutes() * 60_000));
    switch (simulation.phase()) {
      case DEPLOYING ->
          sentences.add(
              "It is given up after %s of deploying.".formatted(span(settings.deployTimeout())));
      case PARAMETERISING ->
          sentences.add("It is given up when that takes more than %s.".formatted(span(perStep)));
      case STEPPING -> {
        @Nullable Instant opened = simulation.steps().openedAt();
        if (simulation.steps().open() && opened != null) {
          sentences.add(
              "It is given up when the step takes more than %s, in %s."
                  .formatted(span(perStep), span(Duration.between(now, opened.plus(perStep)))));
        }
      }
      case WAITING, RESTARTING, FINISHING, ENDED -> {
        // No time is set here, or it is none that a person can do something about.
      }
    }
  }

  private static void oddAnswers(Steps steps, List<String> sentences) {
    if (steps.late() > 0 || steps.duplicate() > 0) {
      sentences.add(
          "Models said %d times too late and %d times again that they were done."
              .formatted(steps.late(), steps.duplicate()));
    }
  }

  /** Which services have no part in each step, and when they have one again. */
  private static void rates(Simulation simulation, List<String> sentences) {
    if (!simulation.phase().open()) {
      return;
    }
    int step = Math.max(1, simulation.steps().finished() + 1);
    simulation.request().calculationServices().stream()
        .filter(service -> service.every() > 1)
        .map(service -> {
          int next = Rate.next(service.every(), step);
          return "%s takes part in one of %d steps, %s."
              .formatted(
                  service.calcServiceName(),
                  service.every(),
                  next > simulation.request().nrOfTimeSteps()
                      ? "and in none that is left"
                      : "in step %d next".formatted(next));
        })
        .distinct()
        .forEach(sentences::add);
  }

  /** Why a model may wait for what does not come in a step. */
  static String rateTrouble(Simulation simulation, List<String> mute) {
    return mute.isEmpty() || !simulation.request().multiRate()
        ? ""
        : "Not all services take part in each step, and models that are not written with Tutti's SDK wait for data of all of them: %s."
            .formatted(names(mute));
  }

  private static String names(List<String> models) {
    int more = models.size() - SHOWN_MODELS;
    return more <= 0
        ? String.join(", ", models)
        : "%s and %d more".formatted(String.join(", ", models.subList(0, SHOWN_MODELS)), more);
  }

  private static String ago(@Nullable Instant since, Instant now) {
    return since == null ? "just now" : span(Duration.between(since, now));
  }

  private static String span(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? "%d min %d s".formatted(seconds / 60, seconds % 60)
        : "%d h %d min".formatted(seconds / 3600, seconds % 3600 / 60);
  }
}
