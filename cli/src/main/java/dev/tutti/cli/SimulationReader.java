package dev.tutti.cli;

import dev.tutti.api.SimulatedModelView;
import dev.tutti.api.SimulationExplanation;
import dev.tutti.api.SimulationLogView;
import dev.tutti.api.SimulationPlanView;
import dev.tutti.api.SimulationResultsView;
import dev.tutti.api.SimulationView;
import dev.tutti.api.SweepView;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The objects of simulations from JSON, member by member, like {@link ViewReader}. */
final class SimulationReader {
  private SimulationReader() {}

  static Object view(Tree tree, Class<?> type) {
    if (type == SimulationView.class) {
      return simulation(tree);
    }
    if (type == SimulatedModelView.class) {
      return model(tree);
    }
    if (type == SimulationPlanView.class) {
      return plan(tree);
    }
    if (type == SimulationExplanation.class) {
      return new SimulationExplanation(
          tree.text("id"),
          tree.texts("sentences"),
          items(tree.get("troubled"), SimulationReader::model));
    }
    if (type == SimulationLogView.class) {
      return new SimulationLogView(
          tree.time("at"), tree.text("model"), tree.text("level"), tree.text("text"));
    }
    if (type == SweepView.class) {
      return sweep(tree);
    }
    if (type == SimulationResultsView.class) {
      return new SimulationResultsView(tree.text("id"), tree.texts("measurements"));
    }
    throw new IllegalArgumentException("nothing here reads " + type.getName());
  }

  private static SimulationView simulation(Tree tree) {
    return new SimulationView(
        tree.text("id"),
        tree.text("name"),
        tree.text("state"),
        tree.text("outcome"),
        tree.text("reason"),
        tree.text("model"),
        truth(tree, "paused"),
        truth(tree, "queued"),
        tree.number("place"),
        tree.number("priority"),
        tree.number("run"),
        tree.number("models"),
        clock(tree.get("clock")),
        tree.texts("waitingFor"),
        tree.number("waitingForInAll"),
        tree.text("doubt"),
        origin(tree.get("origin")),
        tree.time("created"),
        tree.optionalTime("began"),
        tree.optionalTime("ended"),
        tree.text("sweep"),
        items(
            tree.get("settings"),
            setting -> new SimulationView.Setting(setting.text("name"), setting.text("value"))));
  }

  private static SimulationView.Clock clock(Tree tree) {
    return new SimulationView.Clock(
        tree.number("step"),
        tree.number("finished"),
        tree.number("steps"),
        tree.number("stepSeconds"),
        local(tree.text("start")),
        tree.text("zone"),
        tree.optionalTime("stepBegan"),
        tree.decimal("lastMillis"),
        tree.decimal("meanMillis"),
        tree.decimal("longestMillis"),
        tree.text("slowest"),
        optionalDecimal(tree, "leftMillis"),
        tree.number("late"),
        tree.number("duplicate"));
  }

  private static SimulationView.Origin origin(Tree tree) {
    return new SimulationView.Origin(
        tree.text("version"),
        tree.text("esdl"),
        tree.text("plan"),
        tree.texts("images"),
        tree.longNumber("seed"),
        items(
            tree.get("services"),
            service ->
                new SimulationView.Service(
                    service.text("esdlType"),
                    service.text("name"),
                    service.text("image"),
                    service.number("models"),
                    service.text("onModelFailure"),
                    service.number("every"))));
  }

  private static SimulatedModelView model(Tree tree) {
    return new SimulatedModelView(
        tree.text("model"),
        tree.text("service"),
        tree.text("image"),
        tree.number("objects"),
        tree.text("state"),
        truth(tree, "waitedFor"),
        tree.number("every"),
        tree.decimal("lastAnswerMillis"),
        tree.optionalNumber("exitCode"),
        tree.text("reason"),
        tree.texts("lastLines"));
  }

  private static SweepView sweep(Tree tree) {
    return new SweepView(
        tree.text("id"),
        tree.text("name"),
        tree.optionalTime("created"),
        tree.number("simulations"),
        tree.number("waiting"),
        tree.number("succeeded"),
        tree.number("unsuccessful"),
        tree.texts("parameters"),
        items(
            tree.get("members"),
            member ->
                new SweepView.Member(
                    member.text("simulation"),
                    member.texts("values"),
                    member.text("state"),
                    member.text("outcome"),
                    member.number("finished"),
                    member.number("steps"),
                    member.text("reason"))),
        tree.longNumber("models"),
        tree.longNumber("messages"),
        tree.texts("warnings"));
  }

  private static SimulationPlanView plan(Tree tree) {
    return new SimulationPlanView(
        tree.text("idStem"),
        items(
            tree.get("models"),
            model ->
                new SimulationPlanView.Model(
                    model.text("model"),
                    model.text("name"),
                    model.text("service"),
                    model.text("image"),
                    model.texts("objects"),
                    model.number("every"))),
        tree.texts("warnings"),
        tree.longNumber("esdlBytes"),
        tree.number("steps"),
        tree.longNumber("messagesPerStep"),
        tree.longNumber("messages"),
        tree.longNumber("parameterBytes"));
  }

  private static <T> List<T> items(Tree tree, Function<Tree, T> reading) {
    return tree instanceof Tree.Items(List<Tree> items)
        ? items.stream().map(reading).toList()
        : List.of();
  }

  private static boolean truth(Tree tree, String member) {
    return tree.get(member) instanceof Tree.Word(Boolean value) && Boolean.TRUE.equals(value);
  }

  private static @Nullable Double optionalDecimal(Tree tree, String member) {
    return tree.get(member) instanceof Tree.Digits ? Double.valueOf(tree.decimal(member)) : null;
  }

  private static LocalDateTime local(String text) {
    try {
      return LocalDateTime.parse(text);
    } catch (DateTimeException noDate) {
      throw new IllegalArgumentException("no date: " + text, noDate);
    }
  }
}
