package dev.tutti.broker;

import java.nio.file.Files;
import java.nio.file.Path;

/** Says how long a cold start takes. Run it in a fresh JVM. */
final class StartTime {
  private StartTime() {}

  public static void main(String[] arguments) throws Exception {
    long begin = System.nanoTime();
    Path folder = Files.createTempDirectory("broker");
    BrokerAccount account = BrokerAccount.loadOrCreate(folder);
    long accounted = System.nanoTime();
    EmbeddedBroker broker =
        EmbeddedBroker.start(
            BrokerSettings.of(account, folder).listeningOn(java.util.List.of("127.0.0.1"), 0));
    long started = System.nanoTime();
    System.out.printf(
        "account %d ms, broker %d ms, %s%n",
        (accounted - begin) / 1_000_000, (started - accounted) / 1_000_000, broker.counts());
    broker.close();
    System.out.printf("close %d ms%n", (System.nanoTime() - started) / 1_000_000);
    Thread.sleep(300);
    Thread.getAllStackTraces().keySet().forEach(System.out::println);
  }
}
