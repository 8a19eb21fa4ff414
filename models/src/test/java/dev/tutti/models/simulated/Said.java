package dev.tutti.models.simulated;

import dev.tutti.core.store.Command;
import dev.tutti.dots.Decoded;
import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.MessageType;
import dev.tutti.dots.Topic;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One notice, read from what the simulator gets or from what was decided, in the same words.
 *
 * @param lane of the simulation that it is about
 */
record Said(String lane, String what) {

  private static final Pattern BODY =
      Pattern.compile(
          "(\\w+)\\[simulatorName=([^,]*), simulationId=([^,\\]]*)"
              + "(?:, modelId=([^,\\]]*), exitCode=(\\d+))?.*\\]",
          Pattern.DOTALL);

  static String of(Command<?> command) {
    Matcher body = BODY.matcher(command.body().toString());
    if (!body.matches()) {
      throw new Violation("no notice: " + command.body());
    }
    return switch (body.group(1)) {
      case "ModelHasTerminated" -> terminated(body.group(4), Integer.parseInt(body.group(5)));
      case "Reason" -> reason(body.group(4));
      default -> body.group(1);
    };
  }

  static Said of(String topic, byte[] payload) {
    return switch (Topic.parse(topic)) {
      case Topic.ModelsReady t ->
          said(t.simulatorName().value(), t.simulationId().value(), "ModelsReady");
      case Topic.AllModelsHaveTerminated t ->
          said(t.simulatorName().value(), t.simulationId().value(), "AllModelsHaveTerminated");
      case Topic.ModelHasTerminated t ->
          said(
              t.simulatorName().value(),
              t.simulationId().value(),
              terminated(t.modelId().value(), exitCode(payload)));
      case Topic.Reason t ->
          said(t.simulatorName().value(), t.simulationId().value(), reason(t.modelId().value()));
      default -> ofDeployment(topic);
    };
  }

  /** The reason of a whole deployment: {@code /tutti/mso/{name}/{simulation}/Reason}. */
  private static Said ofDeployment(String topic) {
    String[] parts = topic.split("/", -1);
    if (parts.length != 6 || !parts[5].equals("Reason")) {
      throw new Violation("nobody should be told anything on " + topic);
    }
    return said(parts[3], parts[4], reason(""));
  }

  private static Said said(String simulator, String simulation, String what) {
    return new Said("notices/" + simulator + "~" + simulation, what);
  }

  static String terminated(String model, int code) {
    return "ModelHasTerminated " + model + " " + code;
  }

  private static String reason(String model) {
    return "Reason " + model;
  }

  private static int exitCode(byte[] payload) {
    return switch (MessageType.MODEL_HAS_TERMINATED.decode(payload)) {
      case Decoded.Message<LifecycleMessage.ModelHasTerminated>(
              LifecycleMessage.ModelHasTerminated message) ->
          message.exitCode();
      case Decoded.Malformed<LifecycleMessage.ModelHasTerminated>(String reason) ->
          throw new Violation("a ModelHasTerminated that cannot be read: " + reason);
    };
  }
}
