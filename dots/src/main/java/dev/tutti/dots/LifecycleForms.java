package dev.tutti.dots;

import static dev.tutti.dots.WireText.wellFormed;

import com.google.protobuf.MessageLite;
import dev.tutti.dots.proto.AllModelsHaveTerminated;
import dev.tutti.dots.proto.CalculationsDone;
import dev.tutti.dots.proto.DeployModels;
import dev.tutti.dots.proto.ErrorOccurred;
import dev.tutti.dots.proto.ModelHasTerminated;
import dev.tutti.dots.proto.ModelParameters;
import dev.tutti.dots.proto.ModelsReady;
import dev.tutti.dots.proto.NewStep;
import dev.tutti.dots.proto.Parameterized;
import dev.tutti.dots.proto.ReadyForProcessing;
import dev.tutti.dots.proto.SimulationDone;
import dev.tutti.dots.proto.UnhealthyModel;

/** Lifecycle messages between our records and what protoc made of their definitions. */
final class LifecycleForms {
  private LifecycleForms() {}

  static LifecycleMessage.DeployModels fromWire(DeployModels wire) {
    return new LifecycleMessage.DeployModels(
        wire.getSimulatorId(),
        wire.getModelConfigurationsList().stream().map(LifecycleForms::fromWire).toList(),
        wire.getKeepLogsHours());
  }

  static LifecycleMessage.UnhealthyModel fromWire(UnhealthyModel wire) {
    return new LifecycleMessage.UnhealthyModel(
        switch (wire.getStatus()) {
          case NOPROGRESS -> UnhealthyModelStatus.NOPROGRESS;
          case UNRECOGNIZED -> UnhealthyModelStatus.UNRECOGNISED;
        });
  }

  static LifecycleMessage.ModelHasTerminated fromWire(ModelHasTerminated wire) {
    return new LifecycleMessage.ModelHasTerminated(
        switch (wire.getStatus()) {
          case SUCCESSFULL -> TerminationStatus.SUCCESSFULL;
          case FAILED, UNRECOGNIZED -> TerminationStatus.FAILED;
        },
        wire.getExitCode());
  }

  static MessageLite toWire(LifecycleMessage message) {
    return switch (message) {
      case LifecycleMessage.DeployModels deploy -> toWire(deploy);
      case LifecycleMessage.ReadyForProcessing _ -> ReadyForProcessing.getDefaultInstance();
      case LifecycleMessage.ModelsReady _ -> ModelsReady.getDefaultInstance();
      case LifecycleMessage.ModelParameters(String json) ->
          ModelParameters.newBuilder().setParametersDict(wellFormed(json)).build();
      case LifecycleMessage.Parameterized _ -> Parameterized.getDefaultInstance();
      case LifecycleMessage.NewStep(String json) ->
          NewStep.newBuilder().setParametersDict(wellFormed(json)).build();
      case LifecycleMessage.CalculationsDone _ -> CalculationsDone.getDefaultInstance();
      case LifecycleMessage.ErrorOccurred(String text) ->
          ErrorOccurred.newBuilder().setErrorMessage(wellFormed(text)).build();
      case LifecycleMessage.SimulationDone _ -> SimulationDone.getDefaultInstance();
      case LifecycleMessage.UnhealthyModel(UnhealthyModelStatus status) ->
          UnhealthyModel.newBuilder().setStatusValue(number(status)).build();
      case LifecycleMessage.ModelHasTerminated(TerminationStatus status, int exitCode) ->
          ModelHasTerminated.newBuilder()
              .setStatusValue(number(status))
              .setExitCode(exitCode)
              .build();
      case LifecycleMessage.AllModelsHaveTerminated _ ->
          AllModelsHaveTerminated.getDefaultInstance();
    };
  }

  private static DeployModels toWire(LifecycleMessage.DeployModels deploy) {
    DeployModels.Builder wire =
        DeployModels.newBuilder()
            .setSimulatorId(wellFormed(deploy.simulatorId()))
            .setKeepLogsHours(deploy.keepLogsHours());
    deploy.modelConfigurations().forEach(model -> wire.addModelConfigurations(toWire(model)));
    return wire.build();
  }

  private static ModelConfiguration fromWire(dev.tutti.dots.proto.ModelConfiguration wire) {
    return new ModelConfiguration(
        wire.getModelID(),
        wire.getImageUrl(),
        wire.getEnvironmentVariablesList().stream()
            .map(variable -> new EnvironmentVariable(variable.getName(), variable.getValue()))
            .toList());
  }

  private static dev.tutti.dots.proto.ModelConfiguration toWire(ModelConfiguration model) {
    var wire =
        dev.tutti.dots.proto.ModelConfiguration.newBuilder()
            .setModelID(wellFormed(model.modelId()))
            .setImageUrl(wellFormed(model.imageUrl()));
    for (EnvironmentVariable variable : model.environmentVariables()) {
      wire.addEnvironmentVariablesBuilder()
          .setName(wellFormed(variable.name()))
          .setValue(wellFormed(variable.value()));
    }
    return wire.build();
  }

  private static int number(TerminationStatus status) {
    return switch (status) {
      case SUCCESSFULL -> dev.tutti.dots.proto.TerminationStatus.SUCCESSFULL_VALUE;
      case FAILED -> dev.tutti.dots.proto.TerminationStatus.FAILED_VALUE;
    };
  }

  private static int number(UnhealthyModelStatus status) {
    return switch (status) {
      case NOPROGRESS -> dev.tutti.dots.proto.UnhealthyModelStatus.NOPROGRESS_VALUE;
      case UNRECOGNISED -> -1;
    };
  }
}
