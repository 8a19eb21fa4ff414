package dev.tutti.dots;

import static dev.tutti.dots.WireText.wellFormed;

import com.google.protobuf.MessageLite;
import dev.tutti.dots.proto.PingHealthMSOToModel;
import dev.tutti.dots.proto.PingHealthSOToMSO;
import dev.tutti.dots.proto.PongHealthMSOToSO;
import dev.tutti.dots.proto.PongHealthModelToMSO;

/** Health messages between our records and what protoc made of their definitions. */
final class HealthForms {
  private HealthForms() {}

  static HealthMessage.PingHealthSoToMso fromWire(PingHealthSOToMSO wire) {
    return new HealthMessage.PingHealthSoToMso(
        fromWire(wire.getHealthy()), wire.getReasonsList(), wire.getActiveSimulationsList());
  }

  static HealthMessage.PongHealthMsoToSo fromWire(PongHealthMSOToSO wire) {
    return new HealthMessage.PongHealthMsoToSo(fromWire(wire.getHealthy()), wire.getReasonsList());
  }

  static HealthMessage.PingHealthMsoToModel fromWire(PingHealthMSOToModel wire) {
    return new HealthMessage.PingHealthMsoToModel(
        fromWire(wire.getHealthy()), wire.getReasonsList());
  }

  static HealthMessage.PongHealthModelToMso fromWire(PongHealthModelToMSO wire) {
    return new HealthMessage.PongHealthModelToMso(
        fromWire(wire.getHealthy()),
        wire.getReasonsList(),
        wire.getNumberOfBids(),
        wire.getNumberOfAllocations());
  }

  static MessageLite toWire(HealthMessage message) {
    return switch (message) {
      case HealthMessage.PingHealthSoToMso ping ->
          PingHealthSOToMSO.newBuilder()
              .setHealthyValue(number(ping.healthy()))
              .addAllReasons(wellFormed(ping.reasons()))
              .addAllActiveSimulations(wellFormed(ping.activeSimulations()))
              .build();
      case HealthMessage.PongHealthMsoToSo pong ->
          PongHealthMSOToSO.newBuilder()
              .setHealthyValue(number(pong.healthy()))
              .addAllReasons(wellFormed(pong.reasons()))
              .build();
      case HealthMessage.PingHealthMsoToModel ping ->
          PingHealthMSOToModel.newBuilder()
              .setHealthyValue(number(ping.healthy()))
              .addAllReasons(wellFormed(ping.reasons()))
              .build();
      case HealthMessage.PongHealthModelToMso pong ->
          PongHealthModelToMSO.newBuilder()
              .setHealthyValue(number(pong.healthy()))
              .addAllReasons(wellFormed(pong.reasons()))
              .setNumberOfBids(pong.numberOfBids())
              .setNumberOfAllocations(pong.numberOfAllocations())
              .build();
    };
  }

  private static HealthStatus fromWire(dev.tutti.dots.proto.HealthStatus wire) {
    return switch (wire) {
      case HEALTHY -> HealthStatus.HEALTHY;
      case UNHEALTHY, UNRECOGNIZED -> HealthStatus.UNHEALTHY;
    };
  }

  private static int number(HealthStatus status) {
    return switch (status) {
      case HEALTHY -> dev.tutti.dots.proto.HealthStatus.HEALTHY_VALUE;
      case UNHEALTHY -> dev.tutti.dots.proto.HealthStatus.UNHEALTHY_VALUE;
    };
  }
}
