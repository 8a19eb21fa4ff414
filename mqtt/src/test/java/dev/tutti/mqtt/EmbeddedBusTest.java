package dev.tutti.mqtt;

final class EmbeddedBusTest extends BusContract {
  EmbeddedBusTest() {
    super(new Embedded());
  }
}
