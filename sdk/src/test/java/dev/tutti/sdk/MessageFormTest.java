package dev.tutti.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What is written here by hand follows protobuf's wire format and the protocol's numbering. */
final class MessageFormTest {
  private static final String ESDL_ID = "b7ea1a2c-5b3e-4a7d-9f7e-1c2d3e4f5a6b";
  private static final String ORIGIN_A = "0a 01 61";

  record RunTime(double timeSeconds) {}

  record RunTimes(List<Double> timeSeconds) {}

  record Everything(
      int zebra,
      List<List<Double>> matrix,
      boolean good,
      List<Boolean> flags,
      List<String> words,
      Map<String, Object> profile,
      List<Integer> counts,
      String text,
      double value,
      List<Double> amounts) {}

  record Strange(Set<String> things) {}

  record Count(int count) {}

  @Test
  void resultOfOneNumberIsAsSeenOnTheWire() {
    assertThat(MessageForm.of(RunTime.class).encode(ESDL_ID, new RunTime(2.4)))
        .isEqualTo(
            hex(
                "0a 24 "
                    + HexFormat.of()
                        .formatHex(ESDL_ID.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                    + " 11 33 33 33 33 33 33 03 40"));
  }

  @Test
  void receiverOfAListReadsOneNumberToo() throws IOException {
    byte[] one = MessageForm.of(RunTime.class).encode(ESDL_ID, new RunTime(2.4));

    assertThat(MessageForm.of(RunTimes.class).decode(one).timeSeconds()).containsExactly(2.4);
  }

  @Test
  void variablesAreNumberedInTheOrderOfTheirNames() {
    Everything everything =
        new Everything(
            -1,
            List.of(List.of(1.0), List.of()),
            true,
            List.of(true, false),
            List.of("x", ""),
            Map.of("k", 7),
            List.of(1, 300),
            "é",
            0.5,
            List.of(2.0));

    assertThat(MessageForm.of(Everything.class).names())
        .containsExactly(
            "amounts", "counts", "flags", "good", "matrix", "profile", "text", "value", "words",
            "zebra");
    assertThat(MessageForm.of(Everything.class).encode("a", everything))
        .isEqualTo(
            hex(
                ORIGIN_A
                    + "12 08 00 00 00 00 00 00 00 40"
                    + "1a 03 01 ac 02"
                    + "22 02 01 00"
                    + "28 01"
                    + "32 0a 0a 08 00 00 00 00 00 00 f0 3f 32 00"
                    + "3a 07 7b 22 6b 22 3a 37 7d"
                    + "42 02 c3 a9"
                    + "49 00 00 00 00 00 00 e0 3f"
                    + "52 01 78 52 00"
                    + "58 ff ff ff ff ff ff ff ff ff 01"));
  }

  @Test
  void defaultsAreNotWrittenAndComeBack() throws IOException {
    MessageForm<Everything> form = MessageForm.of(Everything.class);
    Everything nothing =
        new Everything(
            0, List.of(), false, List.of(), List.of(), Map.of(), List.of(), "", 0.0, List.of());

    byte[] written = MessageForm.of(Count.class).encode("a", new Count(0));

    assertThat(written).isEqualTo(hex(ORIGIN_A));
    assertThat(form.decode(written)).isEqualTo(nothing);
  }

  @Test
  void fieldsThatNobodyDeclaresAreSkipped() throws IOException {
    byte[] longer = hex(ORIGIN_A + "10 05" + "1a 02 68 69" + "a1 06 00 00 00 00 00 00 00 00");

    assertThat(MessageForm.of(Count.class).decode(longer)).isEqualTo(new Count(5));
  }

  @Test
  void fieldOfAnotherTypeIsNoValue() throws IOException {
    assertThat(MessageForm.of(Count.class).decode(hex(ORIGIN_A + "12 02 68 69")))
        .isEqualTo(new Count(0));
  }

  @Test
  void packedAndUnpackedNumbersAreOneList() throws IOException {
    record Counts(List<Integer> counts) {}

    assertThat(MessageForm.of(Counts.class).decode(hex("12 02 01 02 10 03 12 01 04")).counts())
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void brokenBytesAreAnErrorAndNoLoop() {
    assertThatThrownBy(() -> MessageForm.of(RunTimes.class).decode(hex("0a 7f 61")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void typeThatMessagesCannotCarryIsRefused() {
    assertThatThrownBy(() -> MessageForm.of(Strange.class))
        .hasMessageContaining("'things' of Strange")
        .hasMessageContaining("use int, double, String");
  }

  @RepeatedTest(50)
  void whatIsWrittenIsRead(RepetitionInfo repetition) throws IOException {
    long seed = 20_260_000L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    Everything any =
        new Everything(
            random.nextInt(),
            random
                .ints(random.nextInt(4), 0, 5)
                .mapToObj(size -> random.doubles(size).boxed().toList())
                .toList(),
            random.nextBoolean(),
            random.ints(random.nextInt(9)).mapToObj(bit -> bit > 0).toList(),
            random.ints(random.nextInt(9)).mapToObj(Integer::toString).toList(),
            Map.of("a", random.nextDouble(), "b", List.of("x", true)),
            random.ints(random.nextInt(99)).boxed().toList(),
            "text " + random.nextInt(),
            random.nextGaussian(),
            random.doubles(random.nextInt(99)).boxed().toList());
    MessageForm<Everything> form = MessageForm.of(Everything.class);

    assertThat(form.decode(form.encode("some id", any))).as("seed %d", seed).isEqualTo(any);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }
}
