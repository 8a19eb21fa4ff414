package dev.tutti.app;

import java.util.List;

class OriginalTimelineOnMosquittoTest extends OriginalTimelines {

  // With a limit what comes at QoS 0 overtakes what waits for acknowledgements: who listens to all
  // would not hear the order in which things were said.
  private final Mosquitto broker =
      new Mosquitto(List.of("persistence false", "max_inflight_messages 0"));

  @Override
  TestServer start() {
    return TestServer.on(broker);
  }

  @Override
  void end() {
    broker.close();
  }
}
