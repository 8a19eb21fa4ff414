package dev.tutti.mqtt;

import dev.tutti.broker.BrokerAccount;
import dev.tutti.broker.BrokerSettings;
import dev.tutti.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The embedded broker. */
public final class Embedded implements TestBroker {
  private final BrokerSettings settings;
  private final Path folder;
  private final int port;
  private EmbeddedBroker broker;

  public Embedded() {
    try {
      folder = Files.createTempDirectory("broker");
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
    settings = BrokerSettings.of(new BrokerAccount(USER, PASSWORD), folder);
    broker = EmbeddedBroker.start(settings.listeningOn(List.of("127.0.0.1"), 0));
    port = broker.port();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void start() {
    broker = EmbeddedBroker.start(settings.listeningOn(List.of("127.0.0.1"), port));
  }

  @Override
  public void stop() {
    broker.close();
  }

  @Override
  public void close() {
    stop();
    try {
      Files.delete(folder);
    } catch (IOException leftBehind) {
      throw new UncheckedIOException("The broker left files behind.", leftBehind);
    }
  }
}
