package dev.tutti.dots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What holds for every message, and for bytes that are none. */
final class AnyMessageTest {

  @Test
  void messageIsOnTheWireAsTheTableOfFieldsSays() {
    Seeded.cases(
        30_000,
        random -> {
          DotsMessage message = new RandomMessages(random).next();
          assertThat(message.encode()).isEqualTo(Wire.of(message));
        });
  }

  @Test
  void messageComesBackAsItWent() {
    Seeded.cases(
        30_000,
        random -> {
          DotsMessage message = new RandomMessages(random).next();
          assertThat(RandomMessages.typeOf(message).decode(message.encode()))
              .isEqualTo(new Decoded.Message<>(message));
        });
  }

  @Test
  void randomBytesAreAMessageOrMalformed() {
    Seeded.cases(
        20_000,
        random -> {
          byte[] payload = new byte[random.nextInt(64)];
          random.nextBytes(payload);
          MessageType.all().forEach(type -> assertDecodes(type, payload));
        });
  }

  @Test
  void cutMessageIsAMessageOrMalformed() {
    Seeded.cases(
        20_000,
        random -> {
          DotsMessage message = new RandomMessages(random).next();
          byte[] whole = message.encode();
          byte[] cut = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
          assertDecodes(RandomMessages.typeOf(message), cut);
        });
  }

  @Test
  void flippedBitsAreAMessageOrMalformed() {
    Seeded.cases(
        40_000,
        random -> {
          DotsMessage message = new RandomMessages(random).next();
          byte[] payload = message.encode();
          flip(payload, random);
          assertDecodes(RandomMessages.typeOf(message), payload);
        });
  }

  @Test
  void messageOfAnotherTypeIsAMessageOrMalformed() {
    Seeded.cases(
        10_000,
        random -> {
          byte[] payload = new RandomMessages(random).next().encode();
          MessageType.all().forEach(type -> assertDecodes(type, payload));
        });
  }

  /** Groups within groups must not reach the end of the stack. */
  @Test
  void deepNestingIsMalformed() {
    byte[] groups = new byte[1 << 20];
    Arrays.fill(groups, (byte) ((10 << 3) | 3));
    for (MessageType<?> type : MessageType.all()) {
      assertThat(type.decode(groups)).isInstanceOf(Decoded.Malformed.class);
    }
  }

  private static void flip(byte[] payload, RandomGenerator random) {
    if (payload.length == 0) {
      return;
    }
    for (int flips = random.nextInt(1, 5); flips > 0; flips--) {
      payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  /** What is decoded says the same when sent again; what is not says why. */
  private static <T extends DotsMessage> void assertDecodes(MessageType<T> type, byte[] payload) {
    switch (type.decode(payload)) {
      case Decoded.Message<T>(T message) ->
          assertThat(type.decode(message.encode())).isEqualTo(new Decoded.Message<>(message));
      case Decoded.Malformed<T>(String reason) -> assertThat(reason).contains(type.wireName());
    }
  }
}
