package dev.tutti.dots;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which topic is which: every form with the case of {@link Topic} that it reads as. */
final class TopicGrammar {

  /** The form of a topic and what the values in its places make. */
  record Rule(TopicPattern form, Function<List<String>, Topic> reading) {}

  static final List<Rule> RULES =
      List.of(
          new Rule(Topic.DeployModels.FORM, v -> new Topic.DeployModels(name(v), simulation(v, 1))),
          new Rule(
              Topic.ReadyForProcessing.FORM,
              v -> new Topic.ReadyForProcessing(simulation(v, 0), model(v, 1))),
          new Rule(Topic.ModelsReady.FORM, v -> new Topic.ModelsReady(name(v), simulation(v, 1))),
          new Rule(
              Topic.ModelHasTerminated.FORM,
              v -> new Topic.ModelHasTerminated(name(v), simulation(v, 1), model(v, 2))),
          new Rule(
              Topic.AllModelsHaveTerminated.FORM,
              v -> new Topic.AllModelsHaveTerminated(name(v), simulation(v, 1))),
          new Rule(
              Topic.ModelParameters.FORM,
              v -> new Topic.ModelParameters(simulation(v, 0), model(v, 1))),
          new Rule(
              Topic.Parameterized.FORM,
              v -> new Topic.Parameterized(simulation(v, 0), model(v, 1))),
          new Rule(Topic.NewStep.FORM, v -> new Topic.NewStep(simulation(v, 0), model(v, 1))),
          new Rule(
              Topic.CalculationsDone.FORM,
              v -> new Topic.CalculationsDone(simulation(v, 0), model(v, 1))),
          new Rule(
              Topic.ErrorOccurred.FORM,
              v -> new Topic.ErrorOccurred(simulation(v, 0), model(v, 1))),
          new Rule(
              Topic.SimulationDoneToModel.FORM,
              v -> new Topic.SimulationDoneToModel(simulation(v, 0), model(v, 1))),
          new Rule(
              Topic.SimulationDoneToMso.FORM,
              v -> new Topic.SimulationDoneToMso(name(v), simulation(v, 1))),
          new Rule(
              Topic.Data.FORM, v -> new Topic.Data(v.get(0), simulation(v, 1), v.get(2), v.get(3))),
          new Rule(Topic.Log.FORM, v -> new Topic.Log(simulation(v, 0), model(v, 1))),
          new Rule(
              Topic.UnhealthyModel.FORM,
              v -> new Topic.UnhealthyModel(name(v), simulation(v, 1), model(v, 2))),
          new Rule(
              Topic.PingHealthSoToMso.FORM,
              v -> new Topic.PingHealthSoToMso(name(v), simulator(v, 1))),
          new Rule(
              Topic.PongHealthMsoToSo.FORM,
              v -> new Topic.PongHealthMsoToSo(name(v), simulator(v, 1))),
          new Rule(
              Topic.PingHealthMsoToModel.FORM, v -> new Topic.PingHealthMsoToModel(model(v, 0))),
          new Rule(
              Topic.PongHealthModelToMso.FORM, v -> new Topic.PongHealthModelToMso(model(v, 0))),
          new Rule(
              Topic.PingHealthEssimToMso.FORM,
              v -> new Topic.PingHealthEssimToMso(simulator(v, 0))),
          new Rule(
              Topic.PongHealthMsoToEssim.FORM,
              v -> new Topic.PongHealthMsoToEssim(simulation(v, 0))),
          new Rule(
              Topic.Reason.FORM, v -> new Topic.Reason(name(v), simulation(v, 1), model(v, 2))),
          new Rule(
              Topic.Announcement.FORM, v -> new Topic.Announcement(simulation(v, 0), model(v, 1))),
          new Rule(Topic.WhereAreYou.FORM, v -> new Topic.WhereAreYou(simulation(v, 0))),
          new Rule(
              Topic.RepeatedData.FORM,
              v ->
                  new Topic.RepeatedData(
                      simulation(v, 0), v.get(1), v.get(2), v.get(3), Integer.parseInt(v.get(4)))));

  private static final int LONGEST_FORM =
      RULES.stream().mapToInt(rule -> rule.form().segments().size()).max().orElseThrow();

  private TopicGrammar() {}

  static Topic parse(String topic) {
    if (!topic.startsWith("/")) {
      return new Topic.Unknown(topic, "does not begin with '/'");
    }
    // At most one more than any form has, however long the topic is.
    List<String> segments = List.of(topic.split("/", LONGEST_FORM + 1));
    if (segments.size() > LONGEST_FORM) {
      return new Topic.Unknown(topic, "has more segments than any topic of DOTS");
    }
    for (Rule rule : RULES) {
      Optional<List<String>> values = rule.form().match(segments);
      if (values.isPresent()) {
        return rule.form()
            .problem(values.get())
            .<Topic>map(problem -> new Topic.Unknown(topic, problem))
            .orElseGet(() -> rule.reading().apply(values.get()));
      }
    }
    return new Topic.Unknown(topic, "has the form of no topic of DOTS");
  }

  private static SimulatorName name(List<String> values) {
    return new SimulatorName(values.getFirst());
  }

  private static SimulatorId simulator(List<String> values, int index) {
    return new SimulatorId(values.get(index));
  }

  private static SimulationId simulation(List<String> values, int index) {
    return new SimulationId(values.get(index));
  }

  private static ModelId model(List<String> values, int index) {
    return new ModelId(values.get(index));
  }
}
