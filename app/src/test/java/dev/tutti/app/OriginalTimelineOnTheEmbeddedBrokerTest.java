package dev.tutti.app;

class OriginalTimelineOnTheEmbeddedBrokerTest extends OriginalTimelines {

  @Override
  TestServer start() {
    return TestServer.start();
  }

  @Override
  void end() {}
}
