package dev.tutti.dots;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Writes protobuf's wire format by hand, so that no mistake can be in both writers. */
final class Wire {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int DELIMITED = 2;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** The payload of a message, from the table of fields. */
  static byte[] of(DotsMessage message) {
    Wire wire = new Wire();
    switch (message) {
      case LifecycleMessage.DeployModels deploy -> {
        wire.text(1, deploy.simulatorId());
        deploy.modelConfigurations().forEach(model -> wire.message(2, of(model)));
        wire.number(3, deploy.keepLogsHours());
      }
      case LifecycleMessage.ModelParameters(String json) -> wire.text(1, json);
      case LifecycleMessage.NewStep(String json) -> wire.text(1, json);
      case LifecycleMessage.ErrorOccurred(String text) -> wire.text(1, text);
      case LifecycleMessage.UnhealthyModel(UnhealthyModelStatus status) ->
          wire.number(1, status == UnhealthyModelStatus.NOPROGRESS ? 0 : -1);
      case LifecycleMessage.ModelHasTerminated(TerminationStatus status, int exitCode) ->
          wire.number(1, status == TerminationStatus.FAILED ? 1 : 0).number(2, exitCode);
      case LifecycleMessage.ReadyForProcessing _,
          LifecycleMessage.ModelsReady _,
          LifecycleMessage.Parameterized _,
          LifecycleMessage.CalculationsDone _,
          LifecycleMessage.SimulationDone _,
          LifecycleMessage.AllModelsHaveTerminated _ -> {}
      case HealthMessage health -> {
        wire.number(1, health.healthy() == HealthStatus.UNHEALTHY ? 1 : 0);
        wire.texts(2, health.reasons());
        if (health instanceof HealthMessage.PingHealthSoToMso ping) {
          wire.texts(3, ping.activeSimulations());
        }
        if (health instanceof HealthMessage.PongHealthModelToMso pong) {
          wire.number(3, pong.numberOfBids()).number(4, pong.numberOfAllocations());
        }
      }
    }
    return wire.bytes();
  }

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
  }

  private static byte[] of(ModelConfiguration model) {
    Wire wire = new Wire().text(1, model.modelId()).text(2, model.imageUrl());
    for (EnvironmentVariable variable : model.environmentVariables()) {
      wire.message(3, new Wire().text(1, variable.name()).text(2, variable.value()).bytes());
    }
    return wire.bytes();
  }

  /** A string of a field that is there once: not written when empty. */
  Wire text(int field, String value) {
    return value.isEmpty() ? this : message(field, value.getBytes(StandardCharsets.UTF_8));
  }

  Wire texts(int field, List<String> values) {
    values.forEach(value -> message(field, value.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  Wire message(int field, byte[] payload) {
    tag(field, DELIMITED);
    varint(payload.length);
    bytes.writeBytes(payload);
    return this;
  }

  /** A negative int32 takes ten bytes, as if it were a long. */
  Wire number(int field, int value) {
    if (value != 0) {
      tag(field, VARINT);
      varint(value);
    }
    return this;
  }

  /** Only the zero of all bits zero is the default; -0.0 is written. */
  Wire number(int field, double value) {
    if (Double.doubleToRawLongBits(value) != 0) {
      tag(field, FIXED_64);
      bytes.writeBytes(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
    }
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  private void tag(int field, int type) {
    varint(((long) field << 3) | type);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
