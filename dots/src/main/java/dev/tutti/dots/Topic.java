package dev.tutti.dots;

import java.util.Optional;

/**
 * A topic of the DOTS protocol: who tells whom, about which simulation and model, and what. The
 * cases carry the numbers of the protocol's table of topics. Models obey the literal {@code
 * dots-so} whatever the simulator name of their MSO is. Nothing is ever retained.
 */
public sealed interface Topic {

  /** The topic as MQTT knows it. */
  String text();

  /** Which topic this is. Whatever the text is, there is no exception. */
  static Topic parse(String text) {
    return TopicGrammar.parse(text);
  }

  /** The type of the messages on this topic; empty where they are none of DOTS's own. */
  default Optional<MessageType<?>> messageType() {
    return switch (this) {
      case DeployModels _ -> Optional.of(MessageType.DEPLOY_MODELS);
      case ReadyForProcessing _ -> Optional.of(MessageType.READY_FOR_PROCESSING);
      case ModelsReady _ -> Optional.of(MessageType.MODELS_READY);
      case ModelHasTerminated _ -> Optional.of(MessageType.MODEL_HAS_TERMINATED);
      case AllModelsHaveTerminated _ -> Optional.of(MessageType.ALL_MODELS_HAVE_TERMINATED);
      case ModelParameters _ -> Optional.of(MessageType.MODEL_PARAMETERS);
      case Parameterized _ -> Optional.of(MessageType.PARAMETERIZED);
      case NewStep _ -> Optional.of(MessageType.NEW_STEP);
      case CalculationsDone _ -> Optional.of(MessageType.CALCULATIONS_DONE);
      case ErrorOccurred _ -> Optional.of(MessageType.ERROR_OCCURRED);
      case SimulationDoneToModel _, SimulationDoneToMso _ ->
          Optional.of(MessageType.SIMULATION_DONE);
      case UnhealthyModel _ -> Optional.of(MessageType.UNHEALTHY_MODEL);
      case PingHealthSoToMso _, PingHealthEssimToMso _ ->
          Optional.of(MessageType.PING_HEALTH_SO_TO_MSO);
      case PongHealthMsoToSo _, PongHealthMsoToEssim _ ->
          Optional.of(MessageType.PONG_HEALTH_MSO_TO_SO);
      case PingHealthMsoToModel _ -> Optional.of(MessageType.PING_HEALTH_MSO_TO_MODEL);
      case PongHealthModelToMso _ -> Optional.of(MessageType.PONG_HEALTH_MODEL_TO_MSO);
      case Data _, RepeatedData _, Log _, Reason _, Announcement _, WhereAreYou _, Unknown _ ->
          Optional.empty();
    };
  }

  /** T1, SO to MSO: run these models. */
  record DeployModels(SimulatorName simulatorName, SimulationId simulationId) implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/lifecycle/{simulator name}/mso/{simulation id}/DeployModels");

    @Override
    public String text() {
      return FORM.fill(simulatorName, simulationId);
    }
  }

  /** T2, model to MSO: connected and subscribed. */
  record ReadyForProcessing(SimulationId simulationId, ModelId modelId) implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/lifecycle/model/mso/{simulation id}/{model id}/ReadyForProcessing");

    @Override
    public String text() {
      return FORM.fill(simulationId, modelId);
    }
  }

  /** T3, MSO to SO: all models are ready. */
  record ModelsReady(SimulatorName simulatorName, SimulationId simulationId) implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/lifecycle/mso/{simulator name}/{simulation id}/ModelsReady");

    @Override
    public String text() {
      return FORM.fill(simulatorName, simulationId);
    }
  }

  /** T4, MSO to SO: a model has ended. */
  record ModelHasTerminated(SimulatorName simulatorName, SimulationId simulationId, ModelId modelId)
      implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of(
            "/lifecycle/mso/{simulator name}/{simulation id}/{model id}/ModelHasTerminated");

    @Override
    public String text() {
      return FORM.fill(simulatorName, simulationId, modelId);
    }
  }

  /** T5, MSO to SO: the last model has ended. */
  record AllModelsHaveTerminated(SimulatorName simulatorName, SimulationId simulationId)
      implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/lifecycle/mso/{simulator name}/{simulation id}/AllModelsHaveTerminated");

    @Override
    public String text() {
      return FORM.fill(simulatorName, simulationId);
    }
  }

  /** T6, SO to model: what it needs to know. */
  record ModelParameters(SimulationId simulationId, ModelId modelId) implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/lifecycle/dots-so/model/{simulation id}/{model id}/ModelParameters");

    @Override
    public String text() {
      return FORM.fill(simulationId, modelId);
    }
  }

  /** T7, model to SO: parameters taken. */
  record Parameterized(SimulationId simulationId, ModelId modelId) implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/lifecycle/model/dots-so/{simulation id}/{model id}/Parameterized");

    @Override
    public String text() {
      return FORM.fill(simulationId, modelId);
    }
  }

  /** T8, SO to model: calculate a step. */
  record NewStep(SimulationId simulationId, ModelId modelId) implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/lifecycle/dots-so/model/{simulation id}/{model id}/NewStep");

    @Override
    public String text() {
      return FORM.fill(simulationId, modelId);
    }
  }

  /** T9, model to SO: the step is calculated. */
  record CalculationsDone(SimulationId simulationId, ModelId modelId) implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/lifecycle/model/dots-so/{simulation id}/{model id}/CalculationsDone");

    @Override
    public String text() {
      return FORM.fill(simulationId, modelId);
    }
  }

  /** T10, model to SO: it has failed. */
  record ErrorOccurred(SimulationId simulationId, ModelId modelId) implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/lifecycle/model/dots-so/{simulation id}/{model id}/ErrorOccurred");

    @Override
    public String text() {
      return FORM.fill(simulationId, modelId);
    }
  }

  /** T11, SO to model: the simulation is over. */
  record SimulationDoneToModel(SimulationId simulationId, ModelId modelId) implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/lifecycle/dots-so/model/{simulation id}/{model id}/SimulationDone");

    @Override
    public String text() {
      return FORM.fill(simulationId, modelId);
    }
  }

  /** T12, SO to MSO: the simulation is over. ESSIM sends it, the original SO does not. */
  record SimulationDoneToMso(SimulatorName simulatorName, SimulationId simulationId)
      implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/lifecycle/{simulator name}/mso/{simulation id}/SimulationDone");

    @Override
    public String text() {
      return FORM.fill(simulatorName, simulationId);
    }
  }

  /** T13, model to models: a result. The ESDL id is that of the object it is a result for. */
  record Data(String service, SimulationId simulationId, String esdlId, String dataName)
      implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/data/{service}/model/{simulation id}/{ESDL id}/{data name}");

    public Data {
      Segment.require("service", service);
      Segment.require("ESDL id", esdlId);
      Segment.require("data name", dataName);
    }

    @Override
    public String text() {
      return FORM.fill(service, simulationId, esdlId, dataName);
    }
  }

  /** T14, model to SO: a line of its log, UTF-8 text and not protobuf. */
  record Log(SimulationId simulationId, ModelId modelId) implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/log/model/dots-so/{simulation id}/{model id}");

    @Override
    public String text() {
      return FORM.fill(simulationId, modelId);
    }
  }

  /** T15, MSO to SO: a model runs, but not well. */
  record UnhealthyModel(SimulatorName simulatorName, SimulationId simulationId, ModelId modelId)
      implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of(
            "/lifecycle/mso/{simulator name}/{simulation id}/{model id}/UnhealthyModel");

    @Override
    public String text() {
      return FORM.fill(simulatorName, simulationId, modelId);
    }
  }

  /** H1, SO to MSO. */
  record PingHealthSoToMso(SimulatorName simulatorName, SimulatorId simulatorId) implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/healthcheck/{simulator name}/mso/{simulator id}/PingHealthSOToMSO");

    @Override
    public String text() {
      return FORM.fill(simulatorName, simulatorId);
    }
  }

  /** H2, MSO to SO. */
  record PongHealthMsoToSo(SimulatorName simulatorName, SimulatorId simulatorId) implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/healthcheck/mso/{simulator name}/{simulator id}/PongHealthMSOToSO");

    @Override
    public String text() {
      return FORM.fill(simulatorName, simulatorId);
    }
  }

  /** H3, MSO to model. */
  record PingHealthMsoToModel(ModelId modelId) implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/healthcheck/mso/model/{model id}/PingHealthMSOToModel");

    @Override
    public String text() {
      return FORM.fill(modelId);
    }
  }

  /** H4, model to MSO. */
  record PongHealthModelToMso(ModelId modelId) implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/healthcheck/model/mso/{model id}/PongHealthModelToMSO");

    @Override
    public String text() {
      return FORM.fill(modelId);
    }
  }

  /** H5, ESSIM to MSO. */
  record PingHealthEssimToMso(SimulatorId simulatorId) implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/lifecycle/essim/mso/{simulator id}/PingHealthESSIMToMSO");

    @Override
    public String text() {
      return FORM.fill(simulatorId);
    }
  }

  /** MSO to ESSIM: the answer to H5, below the one filter that ESSIM has. */
  record PongHealthMsoToEssim(SimulationId simulationId) implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/lifecycle/mso/essim/{simulation id}/PongHealthMSOToEssim");

    @Override
    public String text() {
      return FORM.fill(simulationId);
    }
  }

  /**
   * Our addition, MSO to SO: why a model ended as its T4 says, in JSON. No older peer listens here.
   */
  record Reason(SimulatorName simulatorName, SimulationId simulationId, ModelId modelId)
      implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/tutti/mso/{simulator name}/{simulation id}/{model id}/Reason");

    @Override
    public String text() {
      return FORM.fill(simulatorName, simulationId, modelId);
    }
  }

  /**
   * Our addition, model to SO: which step it has begun and which it has finished, in JSON. Models
   * written with our SDK send it when they connect, and when they are asked.
   */
  record Announcement(SimulationId simulationId, ModelId modelId) implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/tutti/model/{simulation id}/{model id}/Announcement");

    @Override
    public String text() {
      return FORM.fill(simulationId, modelId);
    }
  }

  /**
   * Our addition, SO to models: asks each for an {@link Announcement}. It lies outside of what
   * generated services subscribe to, as those end at a message that they do not know.
   */
  record WhereAreYou(SimulationId simulationId) implements Topic {
    static final TopicPattern FORM = TopicPattern.of("/tutti/so/{simulation id}/WhereAreYou");

    @Override
    public String text() {
      return FORM.fill(simulationId);
    }
  }

  /**
   * Our addition, model to models: {@link Data} again, after a connection was lost. It names its
   * step, so that a receiver that has finished it does not take it for a datum of the next one; and
   * it lies outside of what generated services subscribe to, as those count what comes.
   */
  record RepeatedData(
      SimulationId simulationId, String service, String esdlId, String dataName, int step)
      implements Topic {
    static final TopicPattern FORM =
        TopicPattern.of("/tutti/data/{simulation id}/{service}/{ESDL id}/{data name}/{step}");

    public RepeatedData {
      Segment.require("service", service);
      Segment.require("ESDL id", esdlId);
      Segment.require("data name", dataName);
    }

    @Override
    public String text() {
      return FORM.fill(simulationId, service, esdlId, dataName, step);
    }
  }

  /**
   * A topic that is none of ours.
   *
   * @param text the topic as it came
   * @param reason why it is none, for a log, such as {@code "does not begin with '/'"}
   */
  record Unknown(String text, String reason) implements Topic {}
}
