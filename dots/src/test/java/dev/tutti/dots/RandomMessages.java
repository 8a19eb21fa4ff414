package dev.tutti.dots;

import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Any message, with what is hard to carry in its fields. */
final class RandomMessages {
  private final RandomGenerator random;

  RandomMessages(RandomGenerator random) {
    this.random = random;
  }

  DotsMessage next() {
    return switch (random.nextInt(16)) {
      case 0 -> new LifecycleMessage.DeployModels(text(), some(6, this::model), number());
      case 1 -> new LifecycleMessage.ReadyForProcessing();
      case 2 -> new LifecycleMessage.ModelsReady();
      case 3 -> new LifecycleMessage.ModelParameters(text());
      case 4 -> new LifecycleMessage.Parameterized();
      case 5 -> new LifecycleMessage.NewStep(text());
      case 6 -> new LifecycleMessage.CalculationsDone();
      case 7 -> new LifecycleMessage.ErrorOccurred(text());
      case 8 -> new LifecycleMessage.SimulationDone();
      case 9 -> new LifecycleMessage.UnhealthyModel(one(UnhealthyModelStatus.values()));
      case 10 ->
          new LifecycleMessage.ModelHasTerminated(one(TerminationStatus.values()), integer());
      case 11 -> new LifecycleMessage.AllModelsHaveTerminated();
      case 12 -> new HealthMessage.PingHealthSoToMso(health(), texts(), texts());
      case 13 -> new HealthMessage.PongHealthMsoToSo(health(), texts());
      case 14 -> new HealthMessage.PingHealthMsoToModel(health(), texts());
      default -> new HealthMessage.PongHealthModelToMso(health(), texts(), integer(), integer());
    };
  }

  /** The type that the message is of; their names differ in case only. */
  static MessageType<?> typeOf(DotsMessage message) {
    return MessageType.all().stream()
        .filter(type -> type.wireName().equalsIgnoreCase(message.getClass().getSimpleName()))
        .findFirst()
        .orElseThrow();
  }

  /** Empty, short, or longer than a length of one byte says; of one to four bytes a character. */
  String text() {
    int length = random.nextInt(8) == 0 ? random.nextInt(400) : random.nextInt(12);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.appendCodePoint(
          switch (random.nextInt(6)) {
            case 0 -> random.nextInt(0x20);
            case 1 -> random.nextInt(0x80, 0x800);
            case 2 -> random.nextInt(0x800, Character.MIN_SURROGATE);
            case 3 -> random.nextInt(0x10000, 0x110000);
            default -> random.nextInt(0x20, 0x7F);
          });
    }
    return text.toString();
  }

  private ModelConfiguration model() {
    return new ModelConfiguration(
        text(), text(), some(5, () -> new EnvironmentVariable(text(), text())));
  }

  private List<String> texts() {
    return some(4, this::text);
  }

  private HealthStatus health() {
    return one(HealthStatus.values());
  }

  private int integer() {
    return random.nextBoolean() ? random.nextInt(-2, 260) : random.nextInt();
  }

  private double number() {
    return random.nextBoolean() ? random.nextInt(100) : Double.longBitsToDouble(random.nextLong());
  }

  private <T> T one(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private <T> List<T> some(int bound, Supplier<T> element) {
    return Stream.generate(element).limit(random.nextInt(bound)).toList();
  }
}
