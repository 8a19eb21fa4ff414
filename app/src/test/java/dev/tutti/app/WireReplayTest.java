package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.backplane.Image;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The README's scenario byte for byte, as a plain client of the broker sees it (5.1). */
class WireReplayTest {

  private static final String SIMULATION = "sim02-abc";
  private static final String FROM_MODEL = "/lifecycle/model/mso/sim02-abc/%s/ReadyForProcessing";
  private static final String TO_SIMULATOR = "/lifecycle/mso/dots-so/sim02-abc/";

  @BeforeAll
  static void findExamples() {
    TestExamples.lay();
  }

  static byte[] golden() throws Exception {
    try (InputStream hex =
        Objects.requireNonNull(
            WireReplayTest.class.getResourceAsStream("/fake-simulator-DeployModels.hex"))) {
      String digits = new String(hex.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
    }
  }

  @Test
  void replayGivesTheTimelineOfTheOriginalOnTheEmbeddedBroker() throws Exception {
    try (TestServer server = TestServer.start()) {
      replay(server);
    }
  }

  @Test
  void replayGivesTheTimelineOfTheOriginalOnMosquitto() throws Exception {
    try (Mosquitto broker = new Mosquitto();
        TestServer server = TestServer.on(broker)) {
      assertThat(server.broker().embedded()).isFalse();
      replay(server);
    }
  }

  private static void replay(TestServer server) throws Exception {
    Image fake =
        Examples.images(Examples.folder("fake-model"), Map.of("MODEL_SECONDS", "1")).getFirst();
    server.app().images().add(Models.redirected(fake, server.broker()));
    byte[] request = golden();
    assertThat(request).hasSize(861);
    try (Wire wire = server.wire()) {
      wire.publish("/lifecycle/dots-so/mso/" + SIMULATION + "/DeployModels", request);
      wire.awaitAll("dots-so", SIMULATION);
      // Something after the end, so that what would follow it by mistake has had its chance.
      wire.publish("/test/end", new byte[0]);
      wire.await(TestServer.SOON, h -> h.topic().equals("/test/end"));

      assertThat(wire.heard(h -> !isDescriptor(h))).noneMatch(Wire.Heard::retained);
      assertThat(wire.heard())
          .extracting(Wire.Heard::topic)
          .allMatch(
              t -> t.startsWith("/lifecycle/") || t.startsWith("/tutti/") || t.equals("/test/end"));
      List<Wire.Heard> said = wire.lifecycle(SIMULATION);
      assertThat(said.stream().map(h -> h.topic() + " " + h.hex()))
          .containsExactlyInAnyOrder(
              FROM_MODEL.formatted("0-model") + " ",
              FROM_MODEL.formatted("2-model") + " ",
              FROM_MODEL.formatted("3-model") + " ",
              TO_SIMULATOR + "1-model/ModelHasTerminated 08011001",
              TO_SIMULATOR + "2-model/ModelHasTerminated 08011002",
              TO_SIMULATOR + "0-model/ModelHasTerminated ",
              TO_SIMULATOR + "3-model/ModelHasTerminated ",
              TO_SIMULATOR + "AllModelsHaveTerminated ");
      assertThat(said.getLast().last()).isEqualTo("AllModelsHaveTerminated");
      List.of("0-model", "2-model", "3-model").forEach(model -> readyComesFirst(said, model));
      assertThat(
              wire.heard(h -> h.topic().startsWith("/tutti/") && !isDescriptor(h)).stream()
                  .map(Wire.Heard::topic))
          .containsExactlyInAnyOrder(
              // Once with the end, and once with the last lines of its output.
              "/tutti/mso/dots-so/sim02-abc/1-model/Reason",
              "/tutti/mso/dots-so/sim02-abc/1-model/Reason",
              "/tutti/mso/dots-so/sim02-abc/2-model/Reason",
              "/tutti/mso/dots-so/sim02-abc/2-model/Reason");
    }
    try (Wire late = server.wire()) {
      late.publish("/test/late", new byte[0]);
      late.await(TestServer.SOON, h -> h.topic().equals("/test/late"));
      assertThat(late.heard(h -> !isDescriptor(h)))
          .extracting(Wire.Heard::topic)
          .containsExactly("/test/late");
    }
  }

  /** What an instance says of itself is kept by the broker; nothing else is. */
  private static boolean isDescriptor(Wire.Heard heard) {
    return heard.topic().equals(Instance.descriptorTopic("dots-so"));
  }

  private static void readyComesFirst(List<Wire.Heard> said, String model) {
    int[] places =
        IntStream.range(0, said.size())
            .filter(i -> said.get(i).topic().contains("/" + model + "/"))
            .toArray();
    assertThat(said.get(places[0]).last()).isEqualTo("ReadyForProcessing");
    assertThat(said.get(places[1]).last()).isEqualTo("ModelHasTerminated");
  }
}
