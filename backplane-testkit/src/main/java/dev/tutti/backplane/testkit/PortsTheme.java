package dev.tutti.backplane.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.backplane.Attachments;
import dev.tutti.core.backplane.Port;
import dev.tutti.core.backplane.PublishedPort;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** Ports of workloads that are reached from the machine. */
interface PortsTheme extends Theme {

  @Test
  default void publishedPortIsReachedOnLoopback() {
    trial().needs(Capability.PUBLISHED_PORTS);
    Port inside = Port.tcp(7000);
    WorkloadSpec spec =
        trial()
            .spec("open", Program.greets(inside.number(), "hello"))
            .with(Attachments.ofPorts(PublishedPort.onLoopback(inside)));
    trial().backplane().start(spec);
    trial().awaitRunning(spec.id());
    PublishedPort published = published(spec.id());
    assertThat(published.inside()).isEqualTo(inside);
    assertThat(published.address()).isEqualTo("127.0.0.1");
    assertThat(published.outside()).isPositive();
    Trial.soon().untilAsserted(() -> assertThat(said(published)).isEqualTo("hello\n"));
  }

  private PublishedPort published(WorkloadId id) {
    var published = trial().backplane().ports().orElseThrow().of(id);
    assertThat(published).hasSize(1);
    return published.getFirst();
  }

  /** Nothing when nobody listens there yet. */
  private static String said(PublishedPort port) {
    try (Socket socket = new Socket(port.address(), port.outside())) {
      socket.setSoTimeout(2_000);
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException notYet) {
      return "";
    }
  }
}
