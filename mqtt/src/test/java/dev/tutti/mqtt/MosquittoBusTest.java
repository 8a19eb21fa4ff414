package dev.tutti.mqtt;

final class MosquittoBusTest extends BusContract {
  MosquittoBusTest() {
    super(new Mosquitto());
  }
}
