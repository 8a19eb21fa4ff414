package dev.tutti.simulations;

import dev.tutti.core.run.Facts;
import dev.tutti.simulations.CalculationService.OnModelFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What it means for a simulation that one of its models fails or ends. Lives for one decision. */
final class ModelEndings {

  private static final int LONGEST_TEXT = 8_000;

  private final Course course;
  private final Facts facts;

  ModelEndings(Course course, Facts facts) {
    this.course = course;
    this.facts = facts;
  }

  /** T4. The MSO may say it again, and a model may have said before why it is going to end. */
  void ended(SimulationMessage.ModelEnded message) {
    Optional<ModelEnd> before = find(message.modelId());
    if (before.isPresent() && before.get().exitCode() != null) {
      return;
    }
    keep(message.modelId(), message.exitCode(), before.map(ModelEnd::reason).orElse(""));
    // That models go when they are told to is no news, and there may be thousands.
    if (course.simulation().phase().open() || message.exitCode() != 0) {
      course.journal(
          "simulation.model-ended",
          message.modelId(),
          "Model %s of simulation %s ended with exit code %d."
              .formatted(message.modelId(), course.simulation().id(), message.exitCode()),
          Map.of("model", message.modelId(), "exitCode", message.exitCode()));
    }
    if (before.isEmpty()) {
      lost(
          message.modelId(),
          message.service(),
          message.exitCode() != 0,
          "Model %s ended with exit code %d before the simulation did."
              .formatted(message.modelId(), message.exitCode()));
    }
  }

  /** T10. An original service exits with 0 afterwards, so this is the only word of its failure. */
  void failed(SimulationMessage.ErrorOccurred message) {
    Optional<ModelEnd> before = find(message.modelId());
    String text = shortened(message.text());
    if (before.isPresent() && !before.get().reason().isEmpty()) {
      return;
    }
    keep(message.modelId(), before.map(ModelEnd::exitCode).orElse(null), text);
    course.journal(
        "simulation.model-error",
        message.modelId(),
        "Model %s of simulation %s says: %s"
            .formatted(message.modelId(), course.simulation().id(), text),
        Map.of("model", message.modelId()));
    if (before.isEmpty()) {
      lost(
          message.modelId(),
          message.service(),
          true,
          "Model %s failed: %s".formatted(message.modelId(), text));
    } else {
      blame(message.modelId(), text);
    }
  }

  /** Why a model ended as it did; comes after its T4, when there is more to say than the code. */
  void explained(SimulationMessage.Explained message) {
    Optional<ModelEnd> before = find(message.modelId());
    if (before.isEmpty()) {
      return;
    }
    ModelEnd known = before.get();
    String text = shortened(message.reason());
    ModelEnd after =
        known.with(
            known.exitCode(),
            known.reason().isEmpty() ? text : known.reason(),
            message.lastLines().isEmpty() ? known.lastLines() : message.lastLines());
    if (!after.equals(known)) {
      course.draft().put(ModelEnd.KIND, after.id(), after);
      if (known.reason().isEmpty()) {
        blame(message.modelId(), text);
      }
    }
  }

  private Optional<ModelEnd> find(String model) {
    Simulation simulation = course.simulation();
    return facts.find(ModelEnd.KIND, ModelEnd.id(simulation.id(), simulation.run(), model));
  }

  private void keep(String model, @Nullable Integer exitCode, String reason) {
    Simulation simulation = course.simulation();
    ModelEnd end =
        new ModelEnd(
            simulation.id(), simulation.run(), model, exitCode, reason, List.of(), course.now());
    course.draft().put(ModelEnd.KIND, end.id(), end);
  }

  /** The simulation has one model less. */
  private void lost(String model, String service, boolean failure, String why) {
    Simulation simulation = course.simulation();
    course.change(simulation.counting(simulation.ends().and(failure)));
    switch (simulation.phase()) {
      case DEPLOYING -> {
        if (onFailure(service) == OnModelFailure.RESTART) {
          startOver(model, why);
        } else {
          // Without it the MSO never says that all are ready.
          fail(model, why);
        }
      }
      case PARAMETERISING, STEPPING -> follow(onFailure(service), model, why);
      case WAITING, RESTARTING, FINISHING, ENDED -> {}
    }
  }

  private void follow(OnModelFailure policy, String model, String why) {
    switch (policy) {
      case FAIL -> fail(model, why);
      case CONTINUE -> goOn(model, why);
      case RESTART -> startOver(model, why);
    }
  }

  private void goOn(String model, String why) {
    Simulation simulation = course.simulation();
    if (simulation.ends().ended() >= simulation.models()) {
      fail(model, why + " No model is left.");
      return;
    }
    course.add(
        SimulationCommand.WITHOUT,
        new SimulationCommand.Without(simulation.id(), simulation.run(), model));
    course.journal(
        "simulation.goes-on-without",
        model,
        "Simulation %s goes on without a model: %s".formatted(simulation.id(), why),
        Map.of("model", model));
  }

  private void startOver(String model, String why) {
    if (course.simulation().restarted().contains(model)) {
      fail(model, why + " It had started over for this model before.");
    } else {
      course.restart(model, why);
    }
  }

  private void fail(String model, String why) {
    course.finish(new Verdict(Verdict.Outcome.FAILED, why, model));
  }

  private OnModelFailure onFailure(String service) {
    return course.simulation().request().calculationServices().stream()
        .filter(s -> s.calcServiceName().equals(service))
        .map(CalculationService::onModelFailure)
        .findFirst()
        .orElse(OnModelFailure.FAIL);
  }

  /** What is known later about the model that a failure is due to belongs to its reason. */
  private void blame(String model, String text) {
    Verdict verdict = course.simulation().verdict();
    if (verdict.outcome() == Verdict.Outcome.FAILED
        && verdict.model().equals(model)
        && !text.isEmpty()
        && !verdict.reason().contains(text)) {
      course.change(
          course
              .simulation()
              .judged(new Verdict(verdict.outcome(), verdict.reason() + " " + text, model)));
    }
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
  }
}
