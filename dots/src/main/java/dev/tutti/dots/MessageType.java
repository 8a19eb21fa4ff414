package dev.tutti.dots;

import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.tutti.dots.proto.AllModelsHaveTerminated;
import dev.tutti.dots.proto.CalculationsDone;
import dev.tutti.dots.proto.DeployModels;
import dev.tutti.dots.proto.ErrorOccurred;
import dev.tutti.dots.proto.ModelHasTerminated;
import dev.tutti.dots.proto.ModelParameters;
import dev.tutti.dots.proto.ModelsReady;
import dev.tutti.dots.proto.NewStep;
import dev.tutti.dots.proto.Parameterized;
import dev.tutti.dots.proto.PingHealthMSOToModel;
import dev.tutti.dots.proto.PingHealthSOToMSO;
import dev.tutti.dots.proto.PongHealthMSOToSO;
import dev.tutti.dots.proto.PongHealthModelToMSO;
import dev.tutti.dots.proto.ReadyForProcessing;
import dev.tutti.dots.proto.SimulationDone;
import dev.tutti.dots.proto.UnhealthyModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A type of message, known from the last segment of a topic and never from the payload: the payload
 * of one type often reads as another one too.
 */
public final class MessageType<T extends DotsMessage> {

  /**
   * The most bytes that a DeployModels may have. Two bytes can name a model, so that reading takes
   * up to forty times the payload's memory; ten thousand models with their environment need a third
   * of this.
   */
  public static final int LARGEST_DEPLOYMENT = 16 << 20;

  public static final MessageType<LifecycleMessage.DeployModels> DEPLOY_MODELS =
      new MessageType<>(
          "DeployModels", LARGEST_DEPLOYMENT, DeployModels.parser(), LifecycleForms::fromWire);
  public static final MessageType<LifecycleMessage.ReadyForProcessing> READY_FOR_PROCESSING =
      new MessageType<>(
          "ReadyForProcessing",
          ReadyForProcessing.parser(),
          _ -> new LifecycleMessage.ReadyForProcessing());
  public static final MessageType<LifecycleMessage.ModelsReady> MODELS_READY =
      new MessageType<>(
          "ModelsReady", ModelsReady.parser(), _ -> new LifecycleMessage.ModelsReady());
  public static final MessageType<LifecycleMessage.ModelParameters> MODEL_PARAMETERS =
      new MessageType<>(
          "ModelParameters",
          ModelParameters.parser(),
          wire -> new LifecycleMessage.ModelParameters(wire.getParametersDict()));
  public static final MessageType<LifecycleMessage.Parameterized> PARAMETERIZED =
      new MessageType<>(
          "Parameterized", Parameterized.parser(), _ -> new LifecycleMessage.Parameterized());
  public static final MessageType<LifecycleMessage.NewStep> NEW_STEP =
      new MessageType<>(
          "NewStep",
          NewStep.parser(),
          wire -> new LifecycleMessage.NewStep(wire.getParametersDict()));
  public static final MessageType<LifecycleMessage.CalculationsDone> CALCULATIONS_DONE =
      new MessageType<>(
          "CalculationsDone",
          CalculationsDone.parser(),
          _ -> new LifecycleMessage.CalculationsDone());
  public static final MessageType<LifecycleMessage.ErrorOccurred> ERROR_OCCURRED =
      new MessageType<>(
          "ErrorOccurred",
          ErrorOccurred.parser(),
          wire -> new LifecycleMessage.ErrorOccurred(wire.getErrorMessage()));
  public static final MessageType<LifecycleMessage.SimulationDone> SIMULATION_DONE =
      new MessageType<>(
          "SimulationDone", SimulationDone.parser(), _ -> new LifecycleMessage.SimulationDone());
  public static final MessageType<LifecycleMessage.UnhealthyModel> UNHEALTHY_MODEL =
      new MessageType<>("UnhealthyModel", UnhealthyModel.parser(), LifecycleForms::fromWire);
  public static final MessageType<LifecycleMessage.ModelHasTerminated> MODEL_HAS_TERMINATED =
      new MessageType<>(
          "ModelHasTerminated", ModelHasTerminated.parser(), LifecycleForms::fromWire);
  public static final MessageType<LifecycleMessage.AllModelsHaveTerminated>
      ALL_MODELS_HAVE_TERMINATED =
          new MessageType<>(
              "AllModelsHaveTerminated",
              AllModelsHaveTerminated.parser(),
              _ -> new LifecycleMessage.AllModelsHaveTerminated());
  public static final MessageType<HealthMessage.PingHealthSoToMso> PING_HEALTH_SO_TO_MSO =
      new MessageType<>("PingHealthSOToMSO", PingHealthSOToMSO.parser(), HealthForms::fromWire);
  public static final MessageType<HealthMessage.PongHealthMsoToSo> PONG_HEALTH_MSO_TO_SO =
      new MessageType<>("PongHealthMSOToSO", PongHealthMSOToSO.parser(), HealthForms::fromWire);
  public static final MessageType<HealthMessage.PingHealthMsoToModel> PING_HEALTH_MSO_TO_MODEL =
      new MessageType<>(
          "PingHealthMSOToModel", PingHealthMSOToModel.parser(), HealthForms::fromWire);
  public static final MessageType<HealthMessage.PongHealthModelToMso> PONG_HEALTH_MODEL_TO_MSO =
      new MessageType<>(
          "PongHealthModelToMSO", PongHealthModelToMSO.parser(), HealthForms::fromWire);

  private static final List<MessageType<?>> ALL =
      List.of(
          DEPLOY_MODELS,
          READY_FOR_PROCESSING,
          MODELS_READY,
          MODEL_PARAMETERS,
          PARAMETERIZED,
          NEW_STEP,
          CALCULATIONS_DONE,
          ERROR_OCCURRED,
          SIMULATION_DONE,
          UNHEALTHY_MODEL,
          MODEL_HAS_TERMINATED,
          ALL_MODELS_HAVE_TERMINATED,
          PING_HEALTH_SO_TO_MSO,
          PONG_HEALTH_MSO_TO_SO,
          PING_HEALTH_MSO_TO_MODEL,
          PONG_HEALTH_MODEL_TO_MSO);

  private final String wireName;
  private final int largestPayload;
  private final Reading<T> reading;

  private <W extends Message> MessageType(
      String wireName, Parser<W> parser, Function<W, T> fromWire) {
    this(wireName, Integer.MAX_VALUE, parser, fromWire);
  }

  private <W extends Message> MessageType(
      String wireName, int largestPayload, Parser<W> parser, Function<W, T> fromWire) {
    this.wireName = wireName;
    this.largestPayload = largestPayload;
    // What we do not know we need not keep: nothing is passed on.
    Parser<W> known = DiscardUnknownFieldsParser.wrap(parser);
    this.reading = payload -> fromWire.apply(known.parseFrom(payload));
  }

  /** Every type there is. */
  public static List<MessageType<?>> all() {
    return ALL;
  }

  /** The type that the last segment of a topic names, also in ESSIM's words. */
  public static Optional<MessageType<?>> named(String lastSegment) {
    return switch (lastSegment) {
      case "PingHealthESSIMToMSO" -> Optional.of(PING_HEALTH_SO_TO_MSO);
      case "PongHealthMSOToEssim" -> Optional.of(PONG_HEALTH_MSO_TO_SO);
      default -> ALL.stream().filter(type -> type.wireName.equals(lastSegment)).findFirst();
    };
  }

  /** The last segment of the topics of this type. */
  public String wireName() {
    return wireName;
  }

  /**
   * Reads a payload as a message of this type. Fields that we do not know are ignored. Whatever the
   * bytes are, there is no exception.
   */
  public Decoded<T> decode(byte[] payload) {
    if (payload.length > largestPayload) {
      return new Decoded.Malformed<>(
          "%s of %d bytes, more than the %d that it may have"
              .formatted(wireName, payload.length, largestPayload));
    }
    try {
      return new Decoded.Message<>(reading.read(payload));
    } catch (InvalidProtocolBufferException malformed) {
      return new Decoded.Malformed<>(
          "%d bytes are no %s: %s".formatted(payload.length, wireName, malformed.getMessage()));
    }
  }

  @Override
  public String toString() {
    return wireName;
  }

  /** From bytes to a message of ours. */
  private interface Reading<T> {
    T read(byte[] payload) throws InvalidProtocolBufferException;
  }
}
